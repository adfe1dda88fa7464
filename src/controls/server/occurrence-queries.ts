import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { pageOfRows } from '../../db/list.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query, Scope } from '../../kernel/command.ts'
import { type Day, daySchema, isDay } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import { reachedEntities, readingScope } from '../../programmes/server/reach-queries.ts'
import { control } from '../control.ts'
import { type Implementation, implementation } from '../implementation.ts'
import { type Occurrence, occurrence } from '../occurrence.ts'
import { hadFailure, occurrenceStateOn, occurrenceStates } from '../occurrence-state.ts'
import { findImplementation, implementationsById } from './implementation-queries.ts'
import { controlsById } from './queries.ts'

export async function findOccurrence(ctx: Context, id: Id): Promise<Occurrence> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, occurrence, 'o'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('occurrence')
  return found
}

export const occurrencesById = (ctx: Context, ids: readonly Id[]): Promise<Occurrence[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, occurrence, 'o'))
        .selectAll()
        .where('id', 'in', [...new Set(ids)])
        .orderBy('id')
        .execute()

export async function scopeOfOccurrence(ctx: Context, id: Id): Promise<{ entities: Id[] }> {
  const found = await findOccurrence(ctx, id)
  return { entities: [(await findImplementation(ctx, found.implementationId)).entityId] }
}

export const occurrenceAnswerSchema = occurrence.schema.extend({
  state: z.enum(occurrenceStates),
  /** An attempt failed, whether or not a later one passed. */
  hadFailure: z.boolean(),
  control: z.strictObject({ id: idSchema, code: z.string(), name: localText(200) }),
  entityId: idSchema,
  serviceId: idSchema.nullable(),
  owner: namedSchema.nullable(),
  /** Everyone whom the attempts and the reason name. */
  people: z.array(namedSchema),
  abilities: z.array(z.string()),
})

export type OccurrenceAnswer = z.output<typeof occurrenceAnswerSchema>

function abilitiesOf(ctx: Context, one: Occurrence, of: Implementation): string[] {
  const state = occurrenceStateOn(one, ctx.today)
  const possible = {
    perform: ['open', 'missed', 'failed'].includes(state),
    explain: state === 'missed' && one.missed === null,
    cancel: state === 'planned',
  }
  return Object.entries(possible).flatMap(([action, now]) =>
    now && ctx.can(`occurrence.${action}`, { entities: [of.entityId] }) ? [action] : [],
  )
}

/** What the reader is told of some occurrences: three queries, however many. */
export async function occurrenceAnswers(
  ctx: Context,
  rows: readonly Occurrence[],
): Promise<OccurrenceAnswer[]> {
  const found = await implementationsById(
    ctx,
    rows.map((one) => one.implementationId),
  )
  const controls = await controlsById(
    ctx,
    found.map((one) => one.controlId),
  )
  const byId = new Map(found.map((one) => [one.id, one]))
  const whose = (of: Implementation) => of.ownerId ?? controls.get(of.controlId)?.ownerId ?? null
  const told = (one: Occurrence) => [...one.attempts.map((each) => each.personId), one.missed?.personId]
  const named = await peopleNamed(ctx, [...found.map(whose), ...rows.flatMap(told)])
  return rows.flatMap((one) => {
    const of = byId.get(one.implementationId)
    const its = of && controls.get(of.controlId)
    if (!of || !its) return []
    return [
      {
        ...one,
        state: occurrenceStateOn(one, ctx.asOf),
        hadFailure: hadFailure(one, ctx.asOf),
        control: { id: its.id, code: its.code, name: its.name },
        entityId: of.entityId,
        serviceId: of.serviceId,
        owner: named(whose(of)),
        people: [...new Set(told(one))].flatMap((id) => named(id ?? null) ?? []),
        abilities: abilitiesOf(ctx, one, of),
      },
    ]
  })
}

/** A condition on implementations `i`: whose they are, their own owner going before the control's. */
export function ownedBy(ctx: Context, person: Id): RawBuilder<boolean> {
  const controls = rowsOf(ctx, control, 'c')
  return sql<boolean>`(i.owner_id = ${person}::uuid or (i.owner_id is null and i.control_id in
    (select c.id from ${controls} where c.owner_id = ${person}::uuid)))`
}

/** The implementations that the actor may see and that pass the filter: a condition on `implementation_id`. */
async function ofImplementations(
  ctx: Context,
  input: {
    implementation?: Id | undefined
    control?: Id | undefined
    entity?: Id | undefined
    owner?: Id | undefined
  },
): Promise<RawBuilder<boolean>> {
  const reached = await reachedEntities(ctx)
  const parts: RawBuilder<boolean>[] = []
  if (reached !== null) parts.push(sql<boolean>`i.entity_id = any(${reached}::uuid[])`)
  if (input.implementation) parts.push(sql<boolean>`i.id = ${input.implementation}::uuid`)
  if (input.control) parts.push(sql<boolean>`i.control_id = ${input.control}::uuid`)
  if (input.entity) parts.push(sql<boolean>`i.entity_id = ${input.entity}::uuid`)
  if (input.owner) parts.push(ownedBy(ctx, input.owner))
  if (parts.length === 0) return sql<boolean>`true`
  const source = rowsOf(ctx, implementation, 'i')
  return sql<boolean>`implementation_id in (select i.id from ${source} where ${sql.join(parts, sql` and `)})`
}

/** First day of an attempt that passed by the day asked about; null when there is none. */
const passedOn = (day: Day) => sql<Day | null>`(
  select min(attempt ->> 'on') from jsonb_array_elements(attempts) as attempt
  where attempt ->> 'outcome' = 'pass' and attempt ->> 'on' <= ${day})`

const triedBy = (day: Day) => sql<boolean>`exists (
  select 1 from jsonb_array_elements(attempts) as attempt where attempt ->> 'on' <= ${day})`

/** The rules of occurrence-state.ts in SQL, so that a list is cut by state before it is cut into pages. */
function inState(state: OccurrenceAnswer['state'], day: Day): RawBuilder<boolean> {
  const off = sql<boolean>`coalesce(cancelled ->> 'on' <= ${day}, false)`
  const pass = passedOn(day)
  const undone = sql<boolean>`not ${off} and ${pass} is null`
  switch (state) {
    case 'cancelled':
      return off
    case 'on-time':
      return sql<boolean>`not ${off} and ${pass} <= due_by::text`
    case 'late':
      return sql<boolean>`not ${off} and ${pass} > due_by::text`
    case 'failed':
      return sql<boolean>`${undone} and ${triedBy(day)}`
    case 'missed':
      return sql<boolean>`${undone} and not ${triedBy(day)} and due_by < ${day}::date`
    case 'planned':
      return sql<boolean>`${undone} and not ${triedBy(day)} and period_from > ${day}::date`
    case 'open':
      return sql<boolean>`${undone} and not ${triedBy(day)} and period_from <= ${day}::date and due_by >= ${day}::date`
  }
}

const listInput = z.strictObject({
  ...pageInput,
  implementation: idSchema.optional(),
  control: idSchema.optional(),
  entity: idSchema.optional(),
  /** Whose task it is: the implementation's owner, or the control's where that has none. */
  owner: idSchema.optional(),
  state: z.enum(occurrenceStates).optional(),
  dueFrom: daySchema.optional(),
  dueTo: daySchema.optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
})

/** A page of occurrences in the order in which they are due: five queries. */
export const listOccurrences: Query<Context, z.output<typeof listInput>, Page<OccurrenceAnswer>> = {
  kind: 'query',
  noun: 'occurrence',
  action: 'read',
  input: listInput,
  output: pageOf(occurrenceAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, input) {
    const parts = [await ofImplementations(ctx, input)]
    if (input.state) parts.push(inState(input.state, ctx.asOf))
    if (input.dueFrom) parts.push(sql<boolean>`due_by >= ${input.dueFrom}::date`)
    if (input.dueTo) parts.push(sql<boolean>`due_by <= ${input.dueTo}::date`)
    const where = sql<boolean>`${sql.join(parts, sql` and `)}`
    const order = {
      name: 'due',
      // The day itself and not a text of it: only so is the index in this order of use.
      by: sql<string>`due_by`,
      isPlace: isDay,
      down: input.order === 'desc',
    }
    const page = await pageOfRows(ctx, occurrence, where, order, input)
    return { ...page, items: await occurrenceAnswers(ctx, page.items) }
  },
}

export const getOccurrence: Query<Context, { id: Id }, OccurrenceAnswer> = {
  kind: 'query',
  noun: 'occurrence',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: occurrenceAnswerSchema,
  scope: async (ctx, { id }): Promise<Scope> =>
    readingScope(ctx, (await scopeOfOccurrence(ctx, id)).entities),
  async run(ctx, { id }) {
    const [one] = await occurrenceAnswers(ctx, [await findOccurrence(ctx, id)])
    if (!one) throw notFound('occurrence')
    return one
  },
}
