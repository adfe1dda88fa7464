import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { eachRow } from '../../kernel/progress.ts'
import {
  carryOut,
  type ImportInput,
  type ImportResult,
  importInput,
  importOutput,
  type Planned,
  shares,
} from '../../tabular/import-result.ts'
import { byColumn } from '../../tabular/read-row.ts'
import { type Control, control } from '../control.ts'
import { controlCells, controlColumns } from '../exchange.ts'
import { controlColumnOf, readControl } from '../exchange-read.ts'
import { linkProblems } from '../links.ts'
import { exchangeLookups, exchangeNames } from './exchange-lookups.ts'
import { allControls, controlFilter, controlRows } from './queries.ts'

/** Reads every row against what is there; no code twice. */
async function planOf(ctx: Context, input: ImportInput): Promise<Planned<Control>[]> {
  const codes = input.rows.map(({ cells }) => cells.code ?? '')
  const lookups = await exchangeLookups(ctx, codes)
  const existing = new Map((await allControls(ctx)).map((one) => [one.code.toLowerCase(), one]))
  const seen = new Map<string, number>()
  const { progress } = ctx
  return eachRow({ progress, rows: input.rows, share: shares.read }, ({ row, cells }): Planned<Control> => {
    const key = cells.code ?? ''
    const twin = seen.get(key.toLowerCase())
    seen.set(key.toLowerCase(), twin ?? row)
    // Read through the schema as well, so that both sides of the comparison have their fields in one order.
    const found = existing.get(key.toLowerCase())
    const before = found ? control.schema.parse(found) : null
    if (twin !== undefined && key !== '')
      return {
        row,
        key,
        before,
        after: null,
        problems: [fieldProblem('/code', 'exchange.key_twice', { row: twin })],
      }
    const { one, problems } = readControl(new Map(Object.entries(cells)), input.columns, before, lookups)
    return { row, key, before, after: one, problems }
  })
}

/** What a file may not do to a control, whatever its rows say. */
function forbidden(
  ctx: Context,
  { before, after }: Planned<Control>,
  taken: ReadonlySet<string>,
): FieldProblem[] {
  if (!after) return []
  if (before === null) {
    const shipped = after.libraryId === null || ctx.catalogue.library.controls.has(after.libraryId)
    if (!shipped)
      return [fieldProblem('/libraryId', 'control.library_unknown', { control: after.libraryId ?? '' })]
    return after.libraryId !== null && after.retiredOn === null && taken.has(after.libraryId)
      ? [
          fieldProblem('/libraryId', 'control.adopted_already', {
            control: after.libraryId,
            code: after.libraryId,
          }),
        ]
      : []
  }
  if (after.retiredOn !== before.retiredOn) return [fieldProblem('/retiredOn', 'exchange.retire_by_hand')]
  if (after.libraryId !== before.libraryId)
    return [fieldProblem('/libraryId', 'exchange.origin_changed', { before: before.libraryId ?? '' })]
  return before.retiredOn !== null && JSON.stringify(before) !== JSON.stringify(after)
    ? [fieldProblem('', 'control.retired', { day: before.retiredOn })]
    : []
}

/** Holds every row against the rules of the register, among the controls as the file would leave them. */
async function checked(ctx: Context, plan: readonly Planned<Control>[]): Promise<Planned<Control>[]> {
  const existing = await allControls(ctx)
  const left = new Map(existing.map((one) => [one.id, one]))
  for (const { after } of plan) if (after) left.set(after.id, after)
  const taken = new Set(
    existing.flatMap((one) => (one.libraryId !== null && one.retiredOn === null ? [one.libraryId] : [])),
  )
  return eachRow({ progress: ctx.progress, rows: plan, share: shares.among }, (one) => {
    if (!one.after) return one
    const links = byColumn(linkProblems(one.after, left, ctx.catalogue), controlColumnOf)
    return { ...one, problems: [...one.problems, ...forbidden(ctx, one, taken), ...links] }
  })
}

/** Takes controls from a file, matched by code. In `apply` one faulty row refuses the file; nothing is confirmed by it. */
export const importControls: Command<Context, ImportInput, ImportResult> = {
  kind: 'command',
  noun: 'control',
  action: 'import',
  input: importInput,
  output: importOutput,
  scope: () => 'organisation',
  async run(ctx, input) {
    const plan = await checked(ctx, await planOf(ctx, input))
    return carryOut(ctx.progress, input, plan, controlColumns, async (created, updated) => {
      await saveAll(ctx, control, 'control.created', created, input.reason)
      await saveAll(ctx, control, 'control.updated', updated, input.reason)
    })
  },
}

const exportInput = z.strictObject({
  ...controlFilter,
  /** Only these, whatever the filter leaves of them. */
  ids: z.array(idSchema).min(1).max(10_000).optional(),
})

const exportOutput = z.strictObject({ count: z.int() })

/** Gives what the list shows to `take`, as rows under {@link controlColumns}. Read back by `importControls`. */
export const exportControls = (
  take: (row: string[]) => Promise<void>,
): Query<Context, z.output<typeof exportInput>, z.output<typeof exportOutput>> => ({
  kind: 'query',
  noun: 'control',
  action: 'read',
  input: exportInput,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, { ids, ...filter }) {
    const names = await exchangeNames(ctx)
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, control, 'c'))
      .selectAll()
      .where(await controlRows(ctx, filter))
      .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = any(${ids}::uuid[])`))
      .orderBy('code')
      .execute()
    for (const one of rows) await take([...controlCells(one, names).values()])
    return { count: rows.length }
  },
})
