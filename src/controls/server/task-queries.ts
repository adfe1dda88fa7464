import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { addDays, type Day, daySchema } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { type Named, namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { control } from '../control.ts'
import { frequencySchema } from '../frequency.ts'
import { type Implementation, implementation } from '../implementation.ts'
import { type Occurrence, occurrence } from '../occurrence.ts'
import { attemptsBy } from '../occurrence-state.ts'
import { occurrenceAnswerSchema, occurrenceAnswers, ownedBy } from './occurrence-queries.ts'
import { abilitiesOf, controlsById } from './queries.ts'

const mostTasks = 200

const tasksInput = z.strictObject({
  /** Somebody else's tasks; without it, those of who asks. */
  person: idSchema.optional(),
  /** Days ahead in which something that has not begun is shown already. */
  ahead: z.coerce.number().int().min(0).max(92).default(14),
})

const lastSchema = z.strictObject({
  occurrenceId: idSchema,
  on: daySchema,
  note: z.string().nullable(),
  by: namedSchema.nullable(),
})

const taskSchema = occurrenceAnswerSchema.extend({
  objective: localText(4000),
  practice: localText(4000).nullable(),
  /** How it is done here. */
  description: localText(4000),
  frequency: frequencySchema.nullable(),
  /** The last time it passed: the example to follow. */
  last: lastSchema.nullable(),
})

const unreviewedSchema = control.schema
  .pick({ id: true, version: true, code: true, name: true, objective: true, practice: true })
  .extend({ abilities: z.array(z.string()) })

const tasksSchema = z.strictObject({
  day: daySchema,
  person: namedSchema.nullable(),
  items: z.array(taskSchema),
  /** How many there are; the first of them are here. */
  total: z.int(),
  unreviewed: z.array(unreviewedSchema),
})

async function owned(ctx: Context, person: Id): Promise<Implementation[]> {
  const reached = await reachedEntities(ctx)
  return ctx.tx
    .selectFrom(rowsOf(ctx, implementation, 'i'))
    .selectAll()
    .where(ownedBy(ctx, person))
    .$if(reached !== null, (query) => query.where(sql<boolean>`i.entity_id = any(${reached ?? []}::uuid[])`))
    .execute()
}

/** What asks for something: not passed, not taken off the plan, no miss that was explained, begun or about to. */
const asking = (day: Day, until: Day) => sql<boolean>`
  period_from <= ${until}::date and coalesce(cancelled ->> 'on' > ${day}, true)
  and not coalesce(missed ->> 'on' <= ${day}, false)
  and not exists (select 1 from jsonb_array_elements(attempts) as attempt
    where attempt ->> 'outcome' = 'pass' and attempt ->> 'on' <= ${day})`

async function dueOf(
  ctx: Context,
  ids: readonly Id[],
  until: Day,
): Promise<{ rows: Occurrence[]; total: number }> {
  if (ids.length === 0) return { rows: [], total: 0 }
  const found = ctx.tx
    .selectFrom(rowsOf(ctx, occurrence, 'o'))
    .where(sql<boolean>`implementation_id = any(${ids}::uuid[])`)
    .where(asking(ctx.asOf, until))
  const counted = await found.select(sql<number>`count(*)::int`.as('count')).executeTakeFirst()
  const rows = await found.selectAll().orderBy('dueBy').orderBy('id').limit(mostTasks).execute()
  return { rows, total: counted?.count ?? 0 }
}

/** The newest occurrence of each that passed by the day asked about: one walk down the index for each. */
async function lastPassed(ctx: Context, ids: readonly Id[]): Promise<ReadonlyMap<Id, Occurrence>> {
  if (ids.length === 0) return new Map()
  const source = rowsOf(ctx, occurrence, 'o')
  const { rows } = await sql<Occurrence>`
    select found.* from unnest(${[...ids]}::uuid[]) as wanted (id) cross join lateral (
      select o.* from ${source} where o.implementation_id = wanted.id
        and o.attempts @> '[{"outcome": "pass"}]' and o.period_from <= ${ctx.asOf}::date
      order by o.due_by desc limit 1) as found`.execute(ctx.tx)
  return new Map(rows.map((one) => [one.implementationId, one]))
}

const exampleOf = (one: Occurrence | undefined, day: Day) =>
  one ? (attemptsBy(one, day).findLast((attempt) => attempt.outcome === 'pass') ?? null) : null

async function unreviewedOf(ctx: Context, person: Id): Promise<z.output<typeof unreviewedSchema>[]> {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, control, 'c'))
    .selectAll()
    .where('ownerId', '=', person)
    .where('review', 'is', null)
    .where(sql<boolean>`(retired_on is null or retired_on > ${ctx.asOf}::date)`)
    .orderBy('code')
    .execute()
  return rows.map((one) => {
    const { id, version, code, name, objective, practice } = one
    return { id, version, code, name, objective, practice, abilities: abilitiesOf(ctx, one) }
  })
}

/** What one person has to do: open, missed, failed or about to begin, with how it is done and how it was done last. */
export const listTasks: Query<Context, z.output<typeof tasksInput>, z.output<typeof tasksSchema>> = {
  kind: 'query',
  noun: 'occurrence',
  action: 'read',
  input: tasksInput,
  output: tasksSchema,
  scope: () => 'filtered',
  async run(ctx, input) {
    const person = input.person ?? (ctx.actor.kind === 'person' ? ctx.actor.id : null)
    if (person === null) return { day: ctx.asOf, person: null, items: [], total: 0, unreviewed: [] }
    const mine = new Map((await owned(ctx, person)).map((one) => [one.id, one]))
    const { rows, total } = await dueOf(ctx, [...mine.keys()], addDays(ctx.asOf, input.ahead))
    const examples = await lastPassed(ctx, [...new Set(rows.map((one) => one.implementationId))])
    const controls = await controlsById(
      ctx,
      [...mine.values()].map((one) => one.controlId),
    )
    const lasts = new Map([...examples].map(([id, one]) => [id, exampleOf(one, ctx.asOf)]))
    const named = await peopleNamed(ctx, [person, ...[...lasts.values()].map((one) => one?.personId)])
    const items = (await occurrenceAnswers(ctx, rows)).flatMap((one) => {
      const of = mine.get(one.implementationId)
      const its = controls.get(one.control.id)
      if (!of || !its) return []
      const { description, frequency } = of
      const last = lastOf(examples.get(of.id), lasts.get(of.id) ?? null, named)
      return [{ ...one, objective: its.objective, practice: its.practice, description, frequency, last }]
    })
    return { day: ctx.asOf, person: named(person), items, total, unreviewed: await unreviewedOf(ctx, person) }
  },
}

function lastOf(
  one: Occurrence | undefined,
  attempt: ReturnType<typeof exampleOf>,
  named: (id: Id | null) => Named | null,
): z.output<typeof lastSchema> | null {
  if (!one || !attempt) return null
  return { occurrenceId: one.id, on: attempt.on, note: attempt.note, by: named(attempt.personId) }
}
