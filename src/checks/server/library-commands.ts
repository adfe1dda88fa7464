import { z } from 'zod'
import { allControls } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { type Check, check } from '../check.ts'
import { libraryCheckSchema } from '../library.ts'
import { libraryChecks } from './load.ts'

const keysInUse = async (ctx: Context): Promise<ReadonlySet<string>> => {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, check, 'c'))
    .select('key')
    .execute()
  return new Set(rows.map(({ key }) => key))
}

const shownSchema = libraryCheckSchema.extend({
  /** A check of this key is there already. */
  adopted: z.boolean(),
  /** The control that it tests is there. */
  adoptable: z.boolean(),
})

/** The checks that come with Assay, with what can be taken over now. */
export const listLibraryChecks: Query<
  Context,
  Record<string, never>,
  { items: z.output<typeof shownSchema>[] }
> = {
  kind: 'query',
  noun: 'check',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(shownSchema) }),
  scope: () => 'filtered',
  async run(ctx) {
    const used = await keysInUse(ctx)
    const controls = await allControls(ctx)
    const held = new Set(controls.filter((one) => one.retiredOn === null).map((one) => one.libraryId))
    return {
      items: [...libraryChecks.values()].map((one) => ({
        ...one,
        adopted: used.has(one.id),
        adoptable: held.has(one.control) && ctx.can('check.adopt', 'organisation'),
      })),
    }
  },
}

const adoptInput = z.strictObject({
  checks: z.array(z.string().max(60)).min(1).max(200),
  activeFrom: daySchema.optional(),
})

/** Takes shipped checks over as checks of the controls that were adopted; from then on they are the organisation's. */
export const adoptChecks: Command<Context, z.output<typeof adoptInput>, { items: Check[] }> = {
  kind: 'command',
  noun: 'check',
  action: 'adopt',
  input: adoptInput,
  output: z.strictObject({ items: z.array(check.schema) }),
  scope: () => 'organisation',
  async run(ctx, input) {
    const used = await keysInUse(ctx)
    const controls = await allControls(ctx)
    const controlOf = (libraryId: string) =>
      controls.find((one) => one.libraryId === libraryId && one.retiredOn === null)
    const wanted = [...new Set(input.checks)]
    refuseInvalid(
      wanted.flatMap((id, index) => {
        const shipped = libraryChecks.get(id)
        const at = `/checks/${index}`
        if (!shipped) return [fieldProblem(at, 'check.library_unknown', { check: id })]
        if (used.has(id)) return [fieldProblem(at, 'record.key_taken', { key: id })]
        const { control } = shipped
        return controlOf(control)
          ? []
          : [fieldProblem(at, 'check.control_not_adopted', { check: id, control })]
      }),
    )
    const adopted = wanted.flatMap((wantedId): Check[] => {
      const shipped = libraryChecks.get(wantedId)
      const held = shipped && controlOf(shipped.control)
      if (!shipped || !held) return []
      const { id: key, control: _, kinds, ...rest } = shipped
      return [
        {
          ...rest,
          id: newId(ctx.random),
          version: 0,
          key,
          controlId: held.id,
          resources: { kinds, entityIds: [], serviceIds: [] },
          activeFrom: input.activeFrom ?? ctx.today,
          activeTo: null,
          ...{ ownerId: null, former: null },
        },
      ]
    })
    return { items: await saveAll(ctx, check, 'check.adopted', adopted) }
  },
}
