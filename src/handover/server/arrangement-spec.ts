import { sql } from 'kysely'
import { type Arrangement, arrangement } from '../../calendar/arrangement.ts'
import { refuseUnable } from '../../calendar/server/arrange-commands.ts'
import type { DueRow } from '../../calendar/server/due-rows.ts'
import { dueOfSubjects, scopeOfDue } from '../../calendar/server/queries.ts'
import type { DueSource } from '../../calendar/server/source.ts'
import { titleOf } from '../../calendar/words.ts'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { named } from '../belonging.ts'
import type { Spec, Thing } from './spec.ts'

/** What of an arrangement is somebody's: what they were handed, and what they put aside. */
const partsOf = (one: Arrangement, day: Day) => [
  ...named('assignee', one.assigneeId),
  ...(one.snoozedUntil !== null && one.snoozedUntil >= day ? named('snooze', one.personId) : []),
]

const arrangementsOf = (ctx: Context, ids: readonly Id[]): Promise<Arrangement[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, arrangement, 'a'))
    .selectAll()
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()

/** Arrangements that name some people in a way that still matters on a day. */
async function touching(ctx: Context, people: readonly Id[], day: Day): Promise<Arrangement[]> {
  const ids = sql`${[...people]}::uuid[]`
  return ctx.tx
    .selectFrom(rowsOf(ctx, arrangement, 'a'))
    .selectAll()
    .where(
      sql<boolean>`(assignee_id = any(${ids}) or (snoozed_until >= ${day}::date and person_id = any(${ids})))`,
    )
    .execute()
}

const thingOf = (one: Arrangement, row: DueRow) => ({
  ...{ noun: arrangement.noun, id: one.id, version: one.version, permission: 'arrangement.manage' },
  // The day by which it is due is what such a thing is known by: it has no code of its own.
  ...{
    code: row.due,
    name: titleOf(row.kind, row.name, row.step),
    pageOf: row.recordId,
    scope: scopeOfDue(row),
  },
})

/** What was handed to somebody goes to the other, who must be able to do it; what somebody put aside is due again. */
async function handed(
  ctx: Context,
  one: Arrangement,
  row: DueRow | undefined,
  { parts, to, reason }: { parts: ReadonlySet<string>; to: Id; reason: string },
): Promise<Arrangement> {
  const gives = parts.has('assignee')
  const theirs = row?.ownerId === to ? null : to
  if (gives && row && theirs !== null) await refuseUnable(ctx, to, row, '/to')
  return {
    ...one,
    assigneeId: gives ? theirs : one.assigneeId,
    snoozedUntil: null,
    reason: reason.slice(0, 1000),
    personId: ctx.actor.kind === 'person' ? ctx.actor.id : null,
  }
}

/** What people agreed about due things: whom they handed one to, and what they put aside. What is done asks for nothing. */
export const arrangements = (sources: readonly DueSource[]): Spec => ({
  noun: arrangement.noun,
  async find(ctx, people, day) {
    const wanted = new Set(people)
    const all = await touching(ctx, people, day)
    if (all.length === 0) return []
    const due = await dueOfSubjects(
      ctx,
      all.map((one) => one.subject),
      sources,
    )
    return all.flatMap((one): Thing[] => {
      const row = due.get(one.subject)
      if (!row) return []
      return partsOf(one, day).flatMap((each) =>
        wanted.has(each.personId) ? [{ ...thingOf(one, row), ...each }] : [],
      )
    })
  },
  async hand(ctx, things, to, _from, reason) {
    const partsById = Map.groupBy(things, (thing) => thing.id)
    const all = await arrangementsOf(ctx, [...partsById.keys()])
    const due = await dueOfSubjects(
      ctx,
      all.map((one) => one.subject),
      sources,
    )
    const after: Arrangement[] = []
    for (const one of all) {
      const parts = new Set((partsById.get(one.id) ?? []).map((thing) => thing.part))
      after.push(await handed(ctx, one, due.get(one.subject), { parts, to, reason }))
    }
    return (await saveAll(ctx, arrangement, 'arrangement.handed-over', after, reason)).length
  },
})
