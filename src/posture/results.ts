import { beginning, dayNumber, dayText, end, lastDay } from './days.ts'
import type { Result } from './facts.ts'
import type { Reason } from './reason.ts'

type Row = { id: string; outcome: Result['outcome']; on: number; at: string; until: number }

/** What one check found on one resource, oldest first. */
export type Timeline = { checkId: string; resourceId: string; rows: Row[] }

// Of results of one instant the failure counts, so that the order of delivery decides nothing.
const weights: Readonly<Record<Result['outcome'], number>> = { pass: 0, 'not-run': 1, error: 2, fail: 3 }

const inTurn = (a: Row, b: Row): number =>
  a.on - b.on ||
  (a.at < b.at ? -1 : a.at > b.at ? 1 : weights[a.outcome] - weights[b.outcome] || (a.id < b.id ? -1 : 1))

export function putResult({ rows }: Timeline, one: Result): void {
  const { id, outcome, at } = one
  const row: Row = { id, outcome, on: dayNumber(one.on), at, until: lastDay(one.validUntil) }
  let place = rows.length
  for (let before = rows[place - 1]; before && inTurn(row, before) < 0; before = rows[place - 1]) place--
  rows.splice(place, 0, row)
}

export function removeResult({ rows }: Timeline, id: string): void {
  const at = rows.findIndex((row) => row.id === id)
  if (at >= 0) rows.splice(at, 1)
}

export type Finding = { is: 'passed' | 'failed' | 'stale' | 'error' | 'not-run'; row: Row }

/**
 * What a check says of a resource on a day. A failure stands until a pass follows, however old it is; a pass speaks
 * until its validity ends; an error, or a run that did not happen, takes neither away: unknown is not failed, and
 * not assessed does not erase a pass. Null before the first result.
 */
export function findingOn({ rows }: Timeline, day: number): Finding | null {
  let unknown: Finding | null = null
  let superseded = false
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at]
    if (row === undefined || row.on > day) continue
    if (row.outcome === 'fail') return superseded ? unknown : { is: 'failed', row }
    if (row.outcome !== 'pass') {
      unknown ??= { is: row.outcome, row }
      continue
    }
    if (day <= row.until) return { is: 'passed', row }
    superseded = true
    unknown ??= { is: 'stale', row }
  }
  return unknown
}

/** The last day on which a pass that speaks on a day still does; before that day when none does. */
export function passUntil({ rows }: Timeline, day: number): number {
  let last = beginning
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at]
    if (row === undefined || row.on > day) continue
    if (row.outcome === 'fail') break
    if (row.outcome === 'pass') last = Math.max(last, row.until)
  }
  return last
}

export function findingReason({ checkId, resourceId }: Timeline, { is, row }: Finding): Reason {
  const of = { checkId, resourceId, resultId: row.id }
  const on = dayText(row.on)
  if (is === 'passed')
    return { code: 'check.passed', ...of, until: row.until === end ? null : dayText(row.until) }
  if (is === 'stale') return { code: 'check.stale', ...of, until: dayText(row.until) }
  if (is === 'failed') return { code: 'check.failed', ...of, on }
  return { code: is === 'error' ? 'check.error' : 'check.not-run', ...of, on }
}

/** The days on which what the check says may change. */
export const resultTurns = ({ rows }: Timeline): number[] => rows.flatMap(({ on, until }) => [on, until + 1])
