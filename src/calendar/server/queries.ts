import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { cursorOf, placeOf } from '../../db/keyset.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query, Scope } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type LocalText, localText } from '../../kernel/language.ts'
import { pageInput } from '../../kernel/page.ts'
import { person } from '../../people/person.ts'
import { dueKinds, dueStateOn, dueStates, isEscalatedOn } from '../due.ts'
import type { CalendarRules } from '../rules.ts'
import { titleOf } from '../words.ts'
import { type DueFilter, type DueRow, dueFilter, findDue, pageOfDue } from './due-rows.ts'
import type { DueSource } from './source.ts'

const namedSchema = z.strictObject({ id: idSchema, name: localText(200) })

export const dueSchema = z.strictObject({
  subject: z.string(),
  kind: z.enum(dueKinds),
  title: localText(2000),
  dueOn: daySchema,
  leadDays: z.int(),
  state: z.enum(dueStates),
  /** Overdue for so long that those who manage the place are told. */
  escalated: z.boolean(),
  /** What it is about; `controlId` where a control is behind it. */
  recordId: idSchema,
  controlId: idSchema.nullable(),
  entities: z.array(idSchema),
  /** Of cycles and certificates; what is done for a control may serve many programmes. */
  programmes: z.array(idSchema),
  owner: namedSchema.nullable(),
  /** Who is to do it: the owner, or whom it was handed to. */
  person: namedSchema.nullable(),
  arranged: z
    .strictObject({
      id: idSchema,
      version: z.int(),
      assigneeId: idSchema.nullable(),
      snoozedUntil: daySchema.nullable(),
      reason: z.string(),
      by: namedSchema.nullable(),
    })
    .nullable(),
  abilities: z.array(z.enum(['delegate', 'snooze', 'clear'])),
})

export type DueAnswer = z.output<typeof dueSchema>

/** Where somebody must be allowed to act on a due thing. */
export const scopeOfDue = ({ entities }: Pick<DueRow, 'entities'>): Scope =>
  entities.length === 0 ? 'organisation' : { entities }

export const managesDue = (ctx: Context, row: Pick<DueRow, 'entities'>): boolean =>
  ctx.can('arrangement.manage', scopeOfDue(row))

/** Whether it is the actor's own to do, by what they are or by what was handed to them. */
export const isOwn = (ctx: Context, row: Pick<DueRow, 'ownerId' | 'personId'>): boolean =>
  ctx.actor.kind === 'person' &&
  ctx.actor.id !== null &&
  (row.ownerId === ctx.actor.id || row.personId === ctx.actor.id)

function abilitiesOf(ctx: Context, row: DueRow): DueAnswer['abilities'] {
  const present = ctx.asOf === ctx.today && ctx.knownAt === null
  if (!present || !(managesDue(ctx, row) || isOwn(ctx, row))) return []
  const arranged = row.assigneeId !== null || row.snoozedUntil !== null
  const possible: DueAnswer['abilities'] = arranged ? ['delegate', 'snooze', 'clear'] : ['delegate', 'snooze']
  return possible.filter((action) => ctx.can(`arrangement.${action}`, scopeOfDue(row)))
}

async function namesOf(ctx: Context, ids: readonly (Id | null)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${wanted}::uuid[])`)
    .execute()
  const names = new Map<Id, { id: Id; name: LocalText }>(rows.map(({ id, name }) => [id, { id, name }]))
  return (id: Id | null) => (id === null ? null : (names.get(id) ?? null))
}

export async function dueAnswers(
  ctx: Context,
  rows: readonly DueRow[],
  rules: CalendarRules,
): Promise<DueAnswer[]> {
  const named = await namesOf(
    ctx,
    rows.flatMap((row) => [row.ownerId, row.personId, row.arrangedById]),
  )
  return rows.map((row) => {
    const timed = { dueOn: row.due, leadDays: row.lead }
    return {
      subject: row.subject,
      kind: row.kind,
      title: titleOf(row.kind, row.name, row.step),
      ...timed,
      state: dueStateOn(timed, ctx.asOf),
      escalated: isEscalatedOn(timed, rules.escalationDays, ctx.asOf),
      recordId: row.recordId,
      controlId: row.controlId,
      entities: row.entities,
      programmes: row.programmes,
      owner: named(row.ownerId),
      person: named(row.personId),
      arranged:
        row.arrangementId === null
          ? null
          : {
              id: row.arrangementId,
              version: row.arrangementVersion ?? 0,
              assigneeId: row.assigneeId,
              snoozedUntil: row.snoozedUntil,
              reason: row.reason ?? '',
              by: named(row.arrangedById),
            },
      abilities: abilitiesOf(ctx, row),
    }
  })
}

const listInput = z.strictObject({ ...pageInput, ...dueFilter })

const listSchema = z.strictObject({
  /** The day that the list speaks of. */
  day: daySchema,
  items: z.array(dueSchema),
  nextCursor: z.string().nullable(),
  total: z.int(),
  overdue: z.int(),
  dueSoon: z.int(),
  upcoming: z.int(),
  escalated: z.int(),
})

export type DueList = z.output<typeof listSchema>

/** Everything due in the order of its days, whatever it is: a constant number of queries. */
export const listDue = (
  sources: readonly DueSource[],
): Query<Context, z.output<typeof listInput>, DueList> => ({
  kind: 'query',
  noun: 'due',
  action: 'read',
  input: listInput,
  output: listSchema,
  scope: () => 'filtered',
  async run(ctx, { limit, cursor, ...filter }) {
    const found = await findDue(ctx, filter, sources)
    const place = cursor ? placeOf(cursor, 'due') : null
    const after = place ? { due: place.value, id: place.id } : null
    const { rows, totals } = await pageOfDue(ctx, found, { limit: limit + 1, after })
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    return {
      day: ctx.asOf,
      items: await dueAnswers(ctx, shown, found.rules),
      nextCursor: last ? cursorOf({ sort: 'due', value: last.due, id: last.id }) : null,
      ...totals,
    }
  },
})

const daysInput = z.strictObject({ ...dueFilter, from: daySchema, to: daySchema })

const daysSchema = z.strictObject({
  day: daySchema,
  days: z.array(z.strictObject({ day: daySchema, total: z.int(), kinds: z.record(z.string(), z.int()) })),
})

/** How much is due on each day of a month: for a grid that stays readable however much there is. */
export const countDueDays = (
  sources: readonly DueSource[],
): Query<Context, z.output<typeof daysInput>, z.output<typeof daysSchema>> => ({
  kind: 'query',
  noun: 'due',
  action: 'read',
  input: daysInput,
  output: daysSchema,
  scope: () => 'filtered',
  async run(ctx, filter) {
    const { all } = await findDue(ctx, filter, sources)
    const { rows } = await sql<{ due: Day; kind: string; count: number }>`
      select due, kind, count(*)::int as count from (${all}) as found group by due, kind order by due, kind`.execute(
      ctx.tx,
    )
    const days = [...Map.groupBy(rows, (row) => row.due)].map(([day, its]) => ({
      day,
      total: its.reduce((sum, one) => sum + one.count, 0),
      kinds: Object.fromEntries(its.map((one) => [one.kind, one.count])),
    }))
    return { day: ctx.asOf, days }
  },
})

/** What is due of some subjects, as far as the actor may see it; what is done or gone is left out. */
export async function dueOfSubjects(
  ctx: Context,
  subjects: readonly string[],
  sources: readonly DueSource[],
): Promise<ReadonlyMap<string, DueRow>> {
  const found = await findDue(ctx, { subjects, snoozed: 'show' }, sources)
  const { rows } = await pageOfDue(ctx, found, { limit: subjects.length, after: null })
  return new Map(rows.map((row) => [row.subject, row]))
}

/** One due thing by its subject, as far as the actor may see it and it is not done. */
export async function findOneDue(
  ctx: Context,
  subject: string,
  sources: readonly DueSource[],
): Promise<DueRow> {
  const filter: DueFilter = { subject, snoozed: 'show' }
  const { rows } = await pageOfDue(ctx, await findDue(ctx, filter, sources), { limit: 1, after: null })
  const [found] = rows
  if (!found) throw notFound('due')
  return found
}
