import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { person } from '../../people/person.ts'
import { keeperSchema, keepersNamed } from '../../people/server/name-queries.ts'
import { findPerson } from '../../people/server/queries.ts'
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

const idsOfLeavers = async (ctx: Context): Promise<Id[]> => {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select('id')
    .where('state', '=', 'left')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * What belongs to somebody, or to everyone who has left: what nobody answers for until it is handed over
 * (ISO/IEC 27001 5.3, A.6.5). A past day shows what was theirs then; whether they have left is what is known.
 */
export const listHandovers: Query<Context, z.output<typeof input>, z.output<typeof output>> = {
  kind: 'query',
  noun: 'handover',
  action: 'read',
  input,
  output,
  scope: () => 'filtered',
  async run(ctx, { person: wanted }) {
    const asked = wanted === undefined ? await idsOfLeavers(ctx) : [(await findPerson(ctx, wanted)).id]
    const things = await thingsOf(ctx, asked)
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
}
