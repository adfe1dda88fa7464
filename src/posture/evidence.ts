import { beginning, dayNumber, dayText, end, lastDay } from './days.ts'
import type { Evidence } from './facts.ts'
import type { Reason } from './reason.ts'

// Half a million items are kept as four numbers and an id each: from, until, decided, verdict.
const width = 4
const verdicts = ['accepted', 'awaiting', 'rejected'] as const
const accepted = 0
const awaiting = 1

/** The evidence of one implementation. */
export type EvidenceColumn = { ids: string[]; rows: Int32Array }

export const newEvidenceColumn = (): EvidenceColumn => ({ ids: [], rows: new Int32Array(width) })

/** Adds an item; one that replaces another is removed first. */
export function putEvidence(column: EvidenceColumn, one: Evidence): void {
  const at = column.ids.push(one.id) - 1
  if (column.rows.length < (at + 1) * width) {
    const grown = new Int32Array(column.rows.length * 2)
    grown.set(column.rows)
    column.rows = grown
  }
  // It speaks from the day it was taken, and not before what it is about: a later find does not rewrite a past day.
  const from = Math.max(dayNumber(one.collectedAt), dayNumber(one.aboutFrom))
  const until = one.validUntil === null ? end : lastDay(one.validUntil) + one.toleranceDays
  const decided = one.decidedOn === null ? beginning : dayNumber(one.decidedOn)
  column.rows.set([from, until, decided, verdicts.indexOf(one.verdict)], at * width)
}

export function removeEvidence(column: EvidenceColumn, id: string): void {
  const at = column.ids.indexOf(id)
  if (at < 0) return
  column.ids.splice(at, 1)
  column.rows.copyWithin(at * width, (at + 1) * width)
}

/** The last day on which an accepted item that speaks on a day still does; before that day when none does. */
export function evidenceUntil({ ids, rows }: EvidenceColumn, day: number): number {
  let last = beginning
  for (let at = 0; at < ids.length * width; at += width) {
    const until = rows[at + 1] ?? beginning
    if (
      until >= day &&
      until > last &&
      (rows[at] ?? end) <= day &&
      (rows[at + 2] ?? end) <= day &&
      rows[at + 3] === accepted
    )
      last = until
  }
  return last
}

type Row = { id: string; from: number; until: number; decided: number; verdict: number }

const rowsOf = ({ ids, rows }: EvidenceColumn): Row[] =>
  ids.map((id, at) => {
    const [from = 0, until = 0, decided = 0, verdict = 0] = rows.subarray(at * width, (at + 1) * width)
    return { id, from, until, decided, verdict }
  })

const laterStale = (a: Row, b: Row): number => b.until - a.until || (a.id < b.id ? -1 : 1)

/** What the evidence says on a day; of what has expired, the last to do so, and only where nothing else speaks. */
export function evidenceReasons(column: EvidenceColumn, day: number): Reason[] {
  const known = rowsOf(column).filter((row) => row.from <= day)
  const verdictOn = (row: Row) => (row.decided > day ? awaiting : row.verdict)
  const said = known
    .filter((row) => day <= row.until)
    .map((row): Reason => {
      const from = dayText(row.from)
      const verdict = verdictOn(row)
      if (verdict === awaiting) return { code: 'evidence.awaiting', evidenceId: row.id, from }
      if (verdict !== accepted) return { code: 'evidence.rejected', evidenceId: row.id, from }
      const until = row.until === end ? null : dayText(row.until)
      return { code: 'evidence.valid', evidenceId: row.id, from, until }
    })
  if (said.some(({ code }) => code === 'evidence.valid')) return said
  const [stale] = known.filter((row) => row.until < day && verdictOn(row) === accepted).sort(laterStale)
  if (stale === undefined) return said
  const [from, until] = [dayText(stale.from), dayText(stale.until)]
  return [...said, { code: 'evidence.stale', evidenceId: stale.id, from, until }]
}

/** The days on which what the evidence says may change. */
export const evidenceTurns = (column: EvidenceColumn): number[] =>
  rowsOf(column).flatMap(({ from, until, decided }) => [from, until + 1, decided])
