import type { Day } from '../kernel/day.ts'
import { dayNumber, dayText } from './days.ts'
import type { Occurrence } from './facts.ts'
import type { Reason } from './reason.ts'

type Attempt = { on: number; passed: boolean }

/** An occurrence in numbers, its attempts in the order in which they were made. */
export type Round = {
  id: string
  from: number
  to: number
  dueBy: number
  attempts: readonly Attempt[]
  missedReason: string | null
}

const roundOf = (one: Occurrence): Round => ({
  id: one.id,
  from: dayNumber(one.periodFrom),
  to: dayNumber(one.periodTo),
  dueBy: dayNumber(one.dueBy),
  attempts: one.attempts
    .map(({ on, outcome }) => ({ on: dayNumber(on), passed: outcome === 'pass' }))
    .sort((a, b) => a.on - b.on),
  missedReason: one.missedReason,
})

const inTurn = (a: Round, b: Round): number =>
  a.dueBy - b.dueBy || a.from - b.from || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Adds to the rounds of one implementation, in the order in which they fall due; a former one is removed first. */
export function putOccurrence(rounds: Round[], one: Occurrence): void {
  const round = roundOf(one)
  let at = rounds.length
  for (let before = rounds[at - 1]; before && inTurn(round, before) < 0; before = rounds[at - 1]) at--
  rounds.splice(at, 0, round)
}

export function removeOccurrence(rounds: Round[], id: string): void {
  const at = rounds.findIndex((round) => round.id === id)
  if (at >= 0) rounds.splice(at, 1)
}

const lastAttempt = (round: Round, day: number): Attempt | undefined =>
  round.attempts.findLast(({ on }) => on <= day)

export type Standing =
  | { is: 'passed' | 'stale'; round: Round; on: number; until: number }
  | { is: 'failed'; round: Round; on: number }
  | { is: 'missed'; round: Round }
  | { is: 'open'; round: Round }

/**
 * Where the rounds stand on a day: the latest that is overdue or was attempted decides, so that a failed or missed
 * round counts until a pass follows. A pass holds while its own period lasts or the next round is open, and no
 * longer; a late one at least on its day.
 * Open: nothing was due yet. Null: there is no round.
 */
export function standing(rounds: readonly Round[], day: number): Standing | null {
  let open: Round | undefined
  for (let at = rounds.length - 1; at >= 0; at--) {
    const round = rounds[at]
    if (round === undefined) continue
    const attempt = lastAttempt(round, day)
    if (attempt === undefined && round.dueBy >= day) {
      if (round.from <= day) open = round
      continue
    }
    if (attempt === undefined) return { is: 'missed', round }
    if (!attempt.passed) return { is: 'failed', round, on: attempt.on }
    const until = Math.max(round.to, round.dueBy, attempt.on, open?.dueBy ?? round.dueBy)
    return { is: day <= until ? 'passed' : 'stale', round, on: attempt.on, until }
  }
  return open === undefined ? null : { is: 'open', round: open }
}

/** The rounds after the one that decides: nobody has attempted them, and none is overdue. */
export function roundsAhead(rounds: readonly Round[], day: number): readonly Round[] {
  const decided = rounds.findLastIndex((round) => round.dueBy < day || lastAttempt(round, day) !== undefined)
  return rounds.slice(decided + 1)
}

export function occurrenceReasons(rounds: readonly Round[], day: number): Reason[] {
  const now = standing(rounds, day)
  if (now === null) return []
  const occurrenceId = now.round.id
  const dueBy = dayText(now.round.dueBy)
  if (now.is === 'open') return [{ code: 'occurrence.open', occurrenceId, dueBy }]
  if (now.is === 'missed')
    return [{ code: 'occurrence.missed', occurrenceId, dueBy, reason: now.round.missedReason }]
  const on = dayText(now.on)
  if (now.is === 'failed') return [{ code: 'occurrence.failed', occurrenceId, on }]
  if (now.is === 'stale') return [{ code: 'occurrence.stale', occurrenceId, on, until: dayText(now.until) }]
  return [{ code: 'occurrence.passed', occurrenceId, on, late: now.on > now.round.dueBy }]
}

/** What an auditor finds years later, whatever happened afterwards. */
export type Exception = {
  occurrenceId: string
  dueBy: Day
  /** No pass by the day it was due. */
  missed: boolean
  missedReason: string | null
  failedOn: readonly Day[]
  passedOn: Day | null
}

/** Every round up to a day that was missed or failed, whether or not a pass followed; oldest first. */
export const exceptionsOf = (rounds: readonly Round[], day: number): Exception[] =>
  rounds.flatMap((round) => {
    const made = round.attempts.filter(({ on }) => on <= day)
    const pass = made.find(({ passed }) => passed)
    const missed = round.dueBy < day && (pass === undefined || pass.on > round.dueBy)
    const failedOn = made.filter(({ passed }) => !passed).map(({ on }) => dayText(on))
    if (!missed && failedOn.length === 0) return []
    const passedOn = pass === undefined ? null : dayText(pass.on)
    const { id: occurrenceId, missedReason } = round
    return [{ occurrenceId, dueBy: dayText(round.dueBy), missed, missedReason, failedOn, passedOn }]
  })

/** The days on which where the rounds stand may change. */
export const occurrenceTurns = (rounds: readonly Round[]): number[] =>
  rounds.flatMap(({ from, to, dueBy, attempts }) => [
    from,
    to + 1,
    dueBy + 1,
    ...attempts.flatMap(({ on }) => [on, on + 1]),
  ])
