import { historyProblems } from '../../controls/history.ts'
import { type Attempt, type Occurrence, occurrence } from '../../controls/occurrence.ts'
import { type Period, periodsBetween } from '../../controls/periods.ts'
import { planFor } from '../../controls/server/planning.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import { fieldProblem } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import type { Placed } from './implementations.ts'
import { bringAll, everyRecord, idOrNull, type Run, refuseLocated, type Wanted } from './run.ts'
import type { OccurrencePart } from './schema-controls.ts'

type Path = readonly PropertyKey[]

/** A performance by rule, for the evidence that it left. */
export type Performance = { placed: Placed; period: Period; on: Day; number: number }

/** Periods of the history in one rule that were carried out by today, each with its day. */
export function performancesOf(placed: Placed, today: Day): Performance[] {
  const { performed, frequency } = placed.part
  if (performed === null || frequency === null || frequency.kind === 'event') return []
  const last = performed.to !== null && performed.to < today ? performed.to : today
  const own = new Set(placed.part.occurrences.map((one) => one.from))
  return periodsBetween(frequency, performed.from, last)
    .filter((period) => period.from >= performed.from)
    .flatMap((period, index) => {
      const on = addDays(period.from, performed.after[index % performed.after.length] ?? 0)
      const isLeftOut = performed.except.includes(period.from) || own.has(period.from)
      return on > today || isLeftOut ? [] : [{ placed, period, on, number: index + 1 }]
    })
}

type Said = { part: OccurrencePart; path: Path; period: Period }

/** Every occurrence that the file speaks of: those of the rule, those that it leaves out, and those that stand alone. */
function saidOf(run: Run, placed: Placed): Said[] {
  const { part, path } = placed
  const { performed, frequency } = part
  const blank = { trigger: null, missed: null, cancelled: null, planned: performed?.planned ?? undefined }
  const byRule = performancesOf(placed, run.ctx.today).map(
    ({ period, on }): Said => ({
      part: {
        ...blank,
        from: period.from,
        attempts: [{ on, outcome: 'pass', by: performed?.by ?? null, note: performed?.note ?? null }],
      },
      path: [...path, 'performed'],
      period,
    }),
  )
  const periodAt = (day: Day) => {
    const found = frequency && frequency.kind !== 'event' ? periodsBetween(frequency, day, day)[0] : undefined
    return found?.from === day ? found : undefined
  }
  const leftOut = (performed?.except ?? [])
    .filter((day) => !part.occurrences.some((one) => one.from === day))
    .map((day, index) => ({
      part: { ...blank, from: day, attempts: [] },
      path: [...path, 'performed', 'except', index],
      period: periodAt(day),
    }))
  const alone = part.occurrences.map((one, index) => {
    const usual = one.trigger === null ? periodAt(one.from) : undefined
    const within = frequency?.kind === 'event' ? addDays(one.from, frequency.withinDays) : undefined
    const to = one.to ?? usual?.to ?? within
    const dueBy = one.due ?? (one.to === undefined ? usual?.dueBy : undefined) ?? within ?? to
    return {
      part: { ...one, planned: one.planned ?? performed?.planned ?? undefined },
      path: [...path, 'occurrences', index],
      period: to === undefined || dueBy === undefined ? undefined : { from: one.from, to, dueBy },
    }
  })
  const faults = [...leftOut, ...alone].filter((one) => one.period === undefined)
  refuseLocated(
    run,
    faults.map(({ path, part: { from } }) => ({
      path,
      problems: [fieldProblem('', 'programme.no_period', { day: from })],
    })),
  )
  return [
    ...byRule,
    ...[...leftOut, ...alone].flatMap(({ part, path, period }) => (period ? [{ part, path, period }] : [])),
  ]
}

/** Attempts are only ever added: those on record stay, and those of the file that are not there join them. */
async function attemptsOf(run: Run, part: OccurrencePart, path: Path, before: Occurrence | undefined) {
  const rest = [...(before?.attempts ?? [])]
  const added: Attempt[] = []
  for (const [index, { by, ...said }] of part.attempts.entries()) {
    const personId = await idOrNull(run, 'person', by, [...path, 'attempts', index, 'by'])
    const known = rest.findIndex((one) => one.on === said.on && one.outcome === said.outcome)
    if (known === -1) added.push({ id: newId(run.ctx.random), personId, ...said })
    else rest.splice(known, 1)
  }
  return [...(before?.attempts ?? []), ...added]
}

async function missedOf(run: Run, part: OccurrencePart, path: Path, before: Occurrence | undefined) {
  // The reason that was given first stays.
  if (before?.missed) return before.missed
  if (part.missed === null) return null
  const { by, ...said } = part.missed
  return { ...said, personId: await idOrNull(run, 'person', by, [...path, 'missed', 'by']) }
}

const keyOf = (one: Pick<Occurrence, 'implementationId' | 'periodFrom' | 'trigger'>, isCancelled: boolean) =>
  `${one.implementationId} ${one.periodFrom} ${one.trigger ?? ''} ${isCancelled ? 'cancelled' : ''}`

async function wantedOf(
  run: Run,
  { one: { id: implementationId }, key }: Placed,
  { part, path, period }: Said,
  present: ReadonlyMap<string, Occurrence>,
): Promise<Wanted<Occurrence>> {
  const { from: periodFrom, to: periodTo, dueBy } = period
  const place = { implementationId, periodFrom, trigger: part.trigger }
  const before = present.get(keyOf(place, part.cancelled !== null)) ?? present.get(keyOf(place, false))
  const after: Occurrence = {
    ...place,
    id: before?.id ?? newId(run.ctx.random),
    version: before?.version ?? 0,
    periodTo: before?.periodTo ?? periodTo,
    dueBy: before?.dueBy ?? dueBy,
    plannedOn: before?.plannedOn ?? part.planned ?? run.ctx.today,
    attempts: await attemptsOf(run, part, path, before),
    missed: await missedOf(run, part, path, before),
    cancelled: before?.cancelled ?? part.cancelled,
  }
  return { key: `${key} ${periodFrom}`, path, before, after }
}

/**
 * The history of what had to be done, and the plan of what comes next. A plan brought later than its period says so
 * unless the file gives the day on which it was made.
 */
export async function bringOccurrences(run: Run, placed: readonly Placed[]): Promise<void> {
  const { ctx } = run
  const present = new Map(
    (await everyRecord(ctx, occurrence)).map((one) => [keyOf(one, one.cancelled !== null), one]),
  )
  const entities = new Map(placed.map(({ one }) => [one.id, one.entityId]))
  const wanted: Wanted<Occurrence>[] = []
  for (const each of placed) {
    const { performed, frequency } = each.part
    if (performed !== null && (frequency === null || frequency.kind === 'event'))
      refuseLocated(run, [
        { path: [...each.path, 'performed'], problems: [fieldProblem('', 'programme.no_calendar')] },
      ])
    for (const said of saidOf(run, each)) wanted.push(await wantedOf(run, each, said, present))
  }
  const rules = {
    type: occurrence,
    updated: 'occurrence.performed',
    needs: ({ after }: Wanted<Occurrence>) => [
      {
        permission: 'occurrence.perform',
        scope: { entities: [entities.get(after.implementationId) ?? ''] },
      },
    ],
    problems: ({ after }: Wanted<Occurrence>) => historyProblems(after, ctx.today),
  }
  const isDone = ({ after }: Wanted<Occurrence>) => after.attempts.length > 0
  await bringAll(run, { ...rules, created: 'occurrence.performed' }, wanted.filter(isDone))
  const open = wanted.filter((one) => !isDone(one))
  await bringAll(run, { ...rules, created: 'occurrence.planned' }, open)
  await planFor(
    ctx,
    placed.map(({ one }) => one),
  )
}
