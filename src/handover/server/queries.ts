import { z } from 'zod'
import { leavers } from '../../context/server/queries.ts'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { keeperSchema, keepersNamed } from '../../people/server/name-queries.ts'
import { findPerson } from '../../people/server/queries.ts'
import type { Spec } from './spec.ts'
import { mayHand, thingsOf } from './things.ts'

/** Things that one answer lists; the rest is counted and handed over with all. */
const mostListed = 500

const input = z.strictObject({
  /** Somebody, whether they have left or not; without it, everyone who has left. */
  person: idSchema.optional(),
})

const output = z.strictObject({
  /** Who has left, or was asked about, and how much is theirs, most first. */
  people: z.array(
    z.strictObject({
      person: keeperSchema,
      count: z.int(),
      byNoun: z.record(z.string(), z.int()),
    }),
  ),
  items: z.array(
    z.strictObject({
      noun: z.string(),
      id: idSchema,
      version: z.int(),
      part: z.string(),
      personId: idSchema,
      code: z.string(),
      name: localText(300),
      pageOf: idSchema,
      /** Where it lies; empty is the whole organisation. */
      entityIds: z.array(idSchema),
      mayHand: z.boolean(),
    }),
  ),
  total: z.int(),
})

/**
 * What belongs to somebody, or to everyone who has left: what nobody answers for until it is handed over
 * (ISO/IEC 27001 5.3, A.6.5). A past day shows what was theirs
 * then, and who was gone by then.
 */
export const listHandovers = (
  specs: readonly Spec[],
): Query<Context, z.output<typeof input>, z.output<typeof output>> => ({
  kind: 'query',
  noun: 'handover',
  action: 'read',
  input,
  output,
  scope: () => 'filtered',
  async run(ctx, { person: wanted }) {
    const asked =
      wanted === undefined ? [...(await leavers(ctx, ctx.asOf))] : [(await findPerson(ctx, wanted)).id]
    const things = await thingsOf(ctx, specs, asked)
    const theirs = Map.groupBy(things, (thing) => thing.personId)
    const shown = wanted === undefined ? asked.filter((id) => theirs.has(id)) : asked
    const keepers = await keepersNamed(ctx, shown)
    const people = shown.flatMap((id) => {
      const keeper = keepers(id)
      const all = theirs.get(id) ?? []
      const byNoun = [...Map.groupBy(all, (thing) => thing.noun)].map(([noun, each]) => [noun, each.length])
      return keeper ? [{ person: keeper, count: all.length, byNoun: Object.fromEntries(byNoun) }] : []
    })
    people.sort((a, b) => b.count - a.count || (a.person.id < b.person.id ? -1 : 1))
    return {
      people,
      items: things.slice(0, mostListed).map(({ scope, permission, ...thing }) => ({
        ...thing,
        entityIds: scope === 'organisation' ? [] : [...scope.entities],
        mayHand: mayHand(ctx, { ...thing, scope, permission }),
      })),
      total: things.length,
    }
  },
})
