import { sql } from 'kysely'
import { scopeStatementOn } from '../../context/server/queries.ts'
import { occurrence } from '../../controls/occurrence.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { addMonths, type Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { objectivesOn } from '../../objectives/server/queries.ts'
import type { Drafted } from '../../people/approval.ts'
import type { Programme } from '../../programmes/programme.ts'
import { methodOn, risksOn } from '../../risks/server/queries.ts'
import { statementInForce } from '../../soa/server/versions-queries.ts'
import type { Holder, KeptKind } from '../tracker.ts'

type Kept = ReadonlyMap<string, Holder[]>

/** A version that was approved: its number is its label. */
const versioned = (
  kind: KeptKind,
  one: (Drafted & { id: Id; number: number }) | null,
  reviewBy: Day | null = null,
): Holder[] =>
  one === null
    ? []
    : [
        {
          ...{ kind, id: one.id, name: null, label: String(one.number), issuedOn: one.draftedOn, reviewBy },
          ...{ approvedOn: one.approval?.on ?? null, parts: null },
          approverIds: one.approval ? [one.approval.personId] : [],
        },
      ]

type Register = { days: readonly Day[]; all: number; open: number; approverIds?: readonly Id[] }

/** A register as a whole, as new as its newest part. */
const register = (kind: KeptKind, { days, all, open, approverIds = [] }: Register): Holder[] =>
  all === 0
    ? []
    : [
        {
          ...{ kind, id: null, name: null, label: null, approvedOn: null, approverIds, reviewBy: null },
          ...{ issuedOn: [...days].sort().at(-1) ?? null, parts: { all, open } },
        },
      ]

async function fromRisks(ctx: Context, day: Day) {
  const standing = (await risksOn(ctx, day)).filter((one) => one.standing.view.closed === null)
  const assessed = standing.flatMap(({ standing: { view } }) => view.assessment?.on ?? [])
  const toTreat = standing.filter(({ standing: { ratings } }) => ratings.current?.band.acceptable === false)
  const unplanned = toTreat.filter(({ standing: { view } }) => view.treatment === null)
  const accepted = standing.flatMap(({ standing: one }) =>
    one.acceptanceState === 'current' && one.acceptance ? [one.acceptance] : [],
  )
  const planned = standing.flatMap(({ standing: { view } }) => view.treatment ?? [])
  const actions = standing.flatMap(({ standing: { view } }) => view.actions)
  const done = actions.flatMap((one) => one.doneOn ?? [])
  const late = standing.reduce((sum, one) => sum + one.standing.progress.overdue, 0)
  const unlooked = standing.filter(
    ({ standing: one }) => one.view.assessment === null || (one.reviewDue !== null && one.reviewDue < day),
  )
  return {
    assessments: register('risk-assessments', {
      ...{ days: assessed, all: standing.length, open: unlooked.length },
    }),
    plan: register('risk-treatment-plan', {
      ...{ days: planned.map((one) => one.from), all: planned.length, open: unplanned.length },
      approverIds: [...new Set(accepted.map((one) => one.personId))].sort(),
    }),
    treatments: register('risk-treatments', { days: done, all: done.length, open: late }),
  }
}

async function fromObjectives(ctx: Context, programmeId: Id, day: Day) {
  const standing = (await objectivesOn(ctx, day)).filter(
    ({ objective }) => objective.programmeIds.length === 0 || objective.programmeIds.includes(programmeId),
  )
  const begun = standing.flatMap(({ objective }) => objective.from ?? [])
  const read = standing.flatMap(({ standing: { readOn } }) => readOn ?? [])
  const unread = standing.filter(({ standing: one }) => one.readOn === null || one.stale)
  return {
    objectives: register('objectives', {
      ...{
        days: begun,
        all: standing.length,
        open: standing.filter((one) => one.objective.plan === null).length,
      },
    }),
    readings: register('readings', { days: read, all: read.length, open: unread.length }),
  }
}

/** What was carried out in the last twelve months (8.1): the occurrences that somebody performed. */
async function fromOccurrences(ctx: Context, day: Day): Promise<Holder[]> {
  const { rows } = await sql<{ total: number; last: Day | null }>`
    select count(*)::int as total, max(attempts -> -1 ->> 'on') as last
    from ${rowsOf(ctx, occurrence, 'o')}
    where due_by > ${addMonths(day, -12)}::date and period_from <= ${day}::date
      and jsonb_array_length(attempts) > 0 and attempts -> 0 ->> 'on' <= ${day}`.execute(ctx.tx)
  const { total = 0, last = null } = rows[0] ?? {}
  return register('occurrences', { days: last === null ? [] : [last], all: total, open: 0 })
}

/** What Assay itself keeps for the duties of a programme, by the key of the duty. */
export async function keptFor(ctx: Context, programme: Programme, day: Day): Promise<Kept> {
  const method = await methodOn(ctx, day)
  const risks = await fromRisks(ctx, day)
  const measured = await fromObjectives(ctx, programme.id, day)
  return new Map([
    ['scope-statement', versioned('scope-statement', await scopeStatementOn(ctx, programme.id, day))],
    ['risk-assessment-process', versioned('risk-method', method)],
    ['risk-treatment-process', versioned('risk-method', method)],
    ['statement-of-applicability', versioned('soa', await statementInForce(ctx, programme.id, day))],
    ['risk-treatment-plan', risks.plan],
    ['security-objectives', measured.objectives],
    ['operation-evidence', await fromOccurrences(ctx, day)],
    ['risk-assessment-results', risks.assessments],
    ['risk-treatment-results', risks.treatments],
    ['measurement-results', measured.readings],
  ])
}
