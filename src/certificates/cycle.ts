import type { CycleStep, Scheme } from '../frameworks/scheme.ts'
import { addDays, addMonths, type Day, yearOf } from '../kernel/day.ts'
import { type Certificate, termOn, termsInOrder } from './certificate.ts'
import { type EventKind, eventsUntil, newestEvent } from './event.ts'
import { type Term, termStart } from './term.ts'

/** In the order in which a register sorts them. */
export const certificateStates = [
  'planned',
  'in-audit',
  'active',
  'suspended',
  'lapsed-restorable',
  'expired',
  'withdrawn',
  'superseded',
] as const

export type CertificateState = (typeof certificateStates)[number]

/** The day from which a scheme counts its offsets (`validityFrom` of the scheme). */
export function cycleStart(term: Term, scheme: Scheme): Day | null {
  if (scheme.validityFrom === 'period-end')
    return term.report?.periodTo ?? term.report?.asOfDate ?? termStart(term)
  if (scheme.validityFrom === 'decision') return term.decisionDate ?? termStart(term)
  return term.pci?.aocDate ?? term.issueDate ?? termStart(term)
}

/**
 * The last day on which a term holds: what the paper says, else what the scheme allows. A report carries no expiry;
 * it is in use until its scheme's greatest age, longer by a bridge letter (AICPA practice, in the scheme's data).
 */
export function lastDayOf(term: Term, scheme: Scheme, bridged = false): Day | null {
  if (term.expiryDate) return term.expiryDate
  const start = cycleStart(term, scheme)
  if (start === null) return null
  if (scheme.reportUse)
    return addMonths(start, scheme.reportUse.maxAgeMonths + (bridged ? scheme.reportUse.bridgeMonths : 0))
  return scheme.validityMonths === null ? null : addDays(addMonths(start, scheme.validityMonths), -1)
}

/**
 * A bridge letter covers the months after a report's period when it was given after the period ended. It belongs to
 * the latest period that was over by then: what was written after a later report's period bridges that one alone.
 */
export function isBridged(one: Certificate, term: Term, day: Day): boolean {
  const end = term.report?.periodTo
  if (!end) return false
  const later = one.terms.flatMap((other) => other.report?.periodTo ?? []).filter((other) => other > end)
  return eventsUntil(one.events, day, 'bridge-letter').some(
    (letter) => letter.on > end && !later.some((other) => other < letter.on),
  )
}

const standing: readonly EventKind[] = ['suspension', 'reinstatement', 'withdrawal', 'restoration']

/**
 * What a certificate is on a day, from its terms and events. Never stored, hence never out of date.
 * `succeededOn` is the day from which a successor counts in its place, from {@link successionsOf}.
 */
export function stateOn(
  one: Certificate,
  scheme: Scheme,
  day: Day,
  succeededOn: Day | null = null,
): CertificateState {
  const term = termOn(one, day)
  const last = newestEvent(one.events, day, ...standing)
  const start = term ? (termStart(term) ?? '') : ''
  // A withdrawal ends everything; a suspension ends with reinstatement. Both end with a later term.
  const stands = last && last.on >= start ? last.kind : null
  if (stands === 'withdrawal') return 'withdrawn'
  if (succeededOn !== null && succeededOn <= day) return 'superseded'
  if (stands === 'suspension') return 'suspended'
  if (!term) return eventsUntil(one.events, day, 'stage-1', 'stage-2').length > 0 ? 'in-audit' : 'planned'
  const end = lastDayOf(term, scheme, isBridged(one, term, day))
  if (end === null || day <= end) return 'active'
  const { restorableMonths } = scheme.cycle
  return restorableMonths !== null && day <= addMonths(end, restorableMonths)
    ? 'lapsed-restorable'
    : 'expired'
}

/** The day since which it is no longer active, for the reason that its state gives. */
export function endedOn(
  one: Certificate,
  scheme: Scheme,
  day: Day,
  succeededOn: Day | null = null,
): Day | null {
  const state = stateOn(one, scheme, day, succeededOn)
  const term = termOn(one, day)
  if (state === 'superseded') return succeededOn
  if (state === 'suspended') return newestEvent(one.events, day, 'suspension')?.on ?? null
  if (state === 'withdrawn') return newestEvent(one.events, day, 'withdrawal')?.on ?? null
  if (state !== 'expired' && state !== 'lapsed-restorable') return null
  const end = term && lastDayOf(term, scheme, isBridged(one, term, day))
  return end ? addDays(end, 1) : null
}

/** One duty of a term: what, when planned, when at the latest, when done, and whose rule it is. */
export type Step = {
  key: string
  kind: CycleStep['kind']
  planned: Day
  latest: Day | null
  doneOn: Day | null
  source: string
}

const eventOfStep: Readonly<Record<CycleStep['kind'], readonly EventKind[]>> = {
  surveillance: ['surveillance-1', 'surveillance-2', 'special-audit'],
  recertification: ['recertification-audit'],
  reassessment: [],
  revalidation: ['surveillance-1', 'surveillance-2'],
  examination: [],
  scan: ['scan'],
  application: [],
}

/** The earliest of the limits that a step has: months after the start, or the end of a calendar year. */
function latestOf(step: CycleStep, start: Day, repeat: number): Day | null {
  const limits = [
    ...(step.latestMonths === null ? [] : [addMonths(start, step.latestMonths + repeat)]),
    ...(step.calendarYearOffset === null ? [] : [`${yearOf(start) + step.calendarYearOffset}-12-31`]),
  ]
  return limits.sort()[0] ?? null
}

function repeatsOf(step: CycleStep, scheme: Scheme): number[] {
  if (step.everyMonths === null || scheme.validityMonths === null) return [0]
  const repeats: number[] = []
  for (let at = 0; step.fromDecisionMonths + at <= scheme.validityMonths; at += step.everyMonths)
    repeats.push(at)
  return repeats
}

/** The duties of a term in order, each matched with the event or later term that did it, known until `day`. */
export function stepsOf(one: Certificate, term: Term, scheme: Scheme, day: Day): Step[] {
  const start = cycleStart(term, scheme)
  if (start === null) return []
  const next = termsInOrder(one).find((other) => (termStart(other) ?? '') > (termStart(term) ?? ''))
  const until = next ? (termStart(next) ?? day) : (lastDayOf(term, scheme) ?? '9999-12-31')
  const nextStart = next ? termStart(next) : null
  const used = new Set<string>()
  return scheme.cycle.steps.flatMap((step) =>
    repeatsOf(step, scheme).map((repeat) => {
      const planned = addMonths(start, step.fromDecisionMonths + repeat)
      const done =
        eventsUntil(one.events, day, ...eventOfStep[step.kind]).find(
          (event) =>
            event.on > start &&
            event.on <= until &&
            event.outcome !== 'failed' &&
            !used.has(event.id) &&
            // A step with its own kind of event takes no other's: surveillance 2 is not surveillance 1 done late.
            (!/^surveillance-\d$/.test(event.kind) ||
              !/^surveillance-\d$/.test(step.key) ||
              event.kind === step.key),
        ) ?? null
      if (done) used.add(done.id)
      const renews = ['recertification', 'reassessment', 'examination', 'application'].includes(step.kind)
      const renewedOn = renews && nextStart !== null && nextStart <= day ? nextStart : null
      return {
        key: repeat === 0 ? step.key : `${step.key}-${repeat / (step.everyMonths ?? 1) + 1}`,
        kind: step.kind,
        planned,
        latest: latestOf(step, start, repeat),
        doneOn: done?.on ?? renewedOn,
        source: step.source,
      }
    }),
  )
}

/** The first duty of the current term that is not done; null when nothing is asked for. */
export function nextStepOf(
  one: Certificate,
  scheme: Scheme,
  day: Day,
  succeededOn: Day | null = null,
): Step | null {
  const term = termOn(one, day)
  const over: readonly CertificateState[] = ['withdrawn', 'expired', 'superseded']
  if (!term || over.includes(stateOn(one, scheme, day, succeededOn))) return null
  const open = stepsOf(one, term, scheme, day).filter((step) => step.doneOn === null)
  return open.sort((a, b) => ((a.latest ?? a.planned) < (b.latest ?? b.planned) ? -1 : 1))[0] ?? null
}

/** Everything that a drawing of the cycle shows, and its table. */
export type CyclePoint = {
  key: string
  kind: 'start' | 'step' | 'event' | 'expiry'
  from: Day
  to: Day | null
  doneOn: Day | null
  source: string | null
}

/** The current term as a line: its start, its duties with their windows, what was done, its end. */
export function cycleOf(one: Certificate, scheme: Scheme, day: Day): CyclePoint[] {
  const term = termOn(one, day)
  if (!term) return []
  const start = cycleStart(term, scheme) ?? termStart(term)
  const end = lastDayOf(term, scheme, isBridged(one, term, day))
  const steps = stepsOf(one, term, scheme, day)
  const done = new Set(steps.map((step) => step.doneOn))
  return [
    ...(start
      ? [{ key: 'start', kind: 'start' as const, from: start, to: null, doneOn: start, source: null }]
      : []),
    ...steps.map((step) => ({
      key: step.key,
      kind: 'step' as const,
      from: step.planned,
      to: step.latest,
      doneOn: step.doneOn,
      source: step.source,
    })),
    ...one.events
      .filter((event) => event.on <= day && event.on >= (start ?? '') && !done.has(event.on))
      .map((event) => ({
        key: event.kind,
        kind: 'event' as const,
        from: event.on,
        to: null,
        doneOn: event.on,
        source: null,
      })),
    ...(end
      ? [
          {
            key: 'expiry',
            kind: 'expiry' as const,
            from: end,
            to: null,
            doneOn: null,
            source: scheme.sources.validityMonths ?? null,
          },
        ]
      : []),
  ]
}
