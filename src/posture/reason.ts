import type { Day } from '../kernel/day.ts'

/**
 * Why a control is in its state. Machine-readable and closed: the texts, in both languages, belong to the web layer.
 * Days are days of facts.
 */
export type Reason =
  | { code: 'control.none' }
  | { code: 'control.ended'; implementationId: string; on: Day }
  | { code: 'control.excluded'; implementationId: string; reason: string | null }
  | { code: 'control.planned'; implementationId: string; reason: string | null }
  | { code: 'control.not-implemented'; implementationId: string; reason: string | null }
  | { code: 'control.nothing-shown'; implementationId: string }
  | { code: 'evidence.valid'; evidenceId: string; from: Day; until: Day | null }
  | { code: 'evidence.awaiting'; evidenceId: string; from: Day }
  | { code: 'evidence.rejected'; evidenceId: string; from: Day }
  | { code: 'evidence.stale'; evidenceId: string; from: Day; until: Day }
  | { code: 'occurrence.passed'; occurrenceId: string; on: Day; late: boolean }
  | { code: 'occurrence.failed'; occurrenceId: string; on: Day }
  | { code: 'occurrence.missed'; occurrenceId: string; dueBy: Day; reason: string | null }
  | { code: 'occurrence.open'; occurrenceId: string; dueBy: Day }
  | { code: 'occurrence.stale'; occurrenceId: string; on: Day; until: Day }
  | { code: 'occurrence.none'; implementationId: string }
  | { code: 'check.passed'; checkId: string; resultId: string; resourceId: string; until: Day | null }
  | { code: 'check.failed'; checkId: string; resultId: string; resourceId: string; on: Day }
  | { code: 'check.error'; checkId: string; resultId: string; resourceId: string; on: Day }
  | { code: 'check.not-run'; checkId: string; resultId: string; resourceId: string; on: Day }
  | { code: 'check.stale'; checkId: string; resultId: string; resourceId: string; until: Day }
  | { code: 'check.ended'; checkId: string; on: Day }

export type ReasonCode = Reason['code']

/** The reasons that speak for a failing, and for an effective, control. */
export const speaksAgainst: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'control.planned',
  'control.not-implemented',
  'occurrence.failed',
  'occurrence.missed',
  'check.failed',
])

const order = (reason: Reason): string =>
  `${speaksAgainst.has(reason.code) ? 0 : 1} ${JSON.stringify(Object.entries(reason).sort())}`

/** What fails first, then by code and id: the same facts in any order give the same list. */
export const inOrder = (reasons: readonly Reason[]): Reason[] =>
  reasons
    .map((reason) => ({ reason, key: order(reason) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ reason }) => reason)
