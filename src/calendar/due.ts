import { addDays, type Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'

/** What can be due. Each kind has one way to be done, and one permission for it. */
export const dueKinds = [
  'occurrence',
  'evidence',
  'evidence-review',
  'control-review',
  'certificate',
  'request',
  'programme-audit',
  'programme-cycle',
  'context-review',
  'reading',
  'risk-review',
  'risk-action',
  'risk-acceptance',
  'approval',
  'document-review',
] as const
export type DueKind = (typeof dueKinds)[number]

export const dueStates = ['upcoming', 'due-soon', 'overdue'] as const
export type DueState = (typeof dueStates)[number]

const doing: Readonly<Record<Exclude<DueKind, 'approval'>, string>> = {
  occurrence: 'occurrence.perform',
  evidence: 'evidence.add',
  'evidence-review': 'evidence.review',
  'control-review': 'control.review',
  certificate: 'certificate.update',
  request: 'report_request.decide',
  'programme-audit': 'programme.update',
  'programme-cycle': 'programme.update',
  'context-review': 'obligation.update',
  reading: 'reading.add',
  'risk-review': 'risk.review',
  'risk-action': 'risk.act',
  'risk-acceptance': 'risk-acceptance.accept',
  'document-review': 'named-document.name',
}

/** Kinds of record that another person than their authors approves. */
export const approvedNouns = ['soa', 'scope-statement', 'risk-method', 'named-document'] as const
export type ApprovedNoun = (typeof approvedNouns)[number]

/** Whoever is to do a thing must be allowed this, where the thing is. What waits for approval says as its step what it is. */
export const doingOf = ({ kind, step }: { kind: DueKind; step: string | null }): string =>
  kind === 'approval' ? `${step}.approve` : doing[kind]

/** Days before the due day from which a thing of a kind asks for attention. Nobody's rule: a start, which each organisation changes. */
export const usualLeadDays: Readonly<Record<DueKind, number>> = {
  occurrence: 14,
  evidence: 30,
  'evidence-review': 14,
  'control-review': 30,
  certificate: 90,
  request: 5,
  'programme-audit': 90,
  'programme-cycle': 60,
  'context-review': 30,
  reading: 14,
  'risk-review': 30,
  'risk-action': 30,
  'risk-acceptance': 30,
  approval: 14,
  'document-review': 30,
}

/** Days overdue from which a thing is told to those who manage the place, and not only to who should have done it. */
export const usualEscalationDays = 7

/** Days in which somebody who asks for a report, adds evidence or drafts a version may expect an answer. */
export const answerDays = { request: 5, evidence: 14, approval: 14 } as const

/** One thing that is due, whatever it is. */
export type Due = {
  /** `occurrence:<id>`: stable, so that calendars and arrangements find it again. */
  subject: string
  kind: DueKind
  title: LocalText
  dueOn: Day
  leadDays: number
  /** Where it is; several for a certificate with several holders. Empty concerns the whole organisation. */
  entities: readonly Id[]
  /** Who is to do it: the owner, or whom it was handed to. */
  personId: Id | null
  snoozedUntil: Day | null
}

type Timed = Pick<Due, 'dueOn' | 'leadDays'>

/** On its due day a thing is not overdue yet; it asks for attention from `leadDays` before. */
export function dueStateOn({ dueOn, leadDays }: Timed, day: Day): DueState {
  if (day > dueOn) return 'overdue'
  return day >= addDays(dueOn, -leadDays) ? 'due-soon' : 'upcoming'
}

/** The first day on which an overdue thing is told to managers. */
export const escalatesOn = (dueOn: Day, escalationDays: number): Day => addDays(dueOn, escalationDays)

/** Nothing that anybody arranged puts an escalation off: only doing the thing does. */
export const isEscalatedOn = ({ dueOn }: Timed, escalationDays: number, day: Day): boolean =>
  day >= escalatesOn(dueOn, escalationDays)

/** Snoozed through its last day. */
export const isSnoozedOn = ({ snoozedUntil }: Pick<Due, 'snoozedUntil'>, day: Day): boolean =>
  snoozedUntil !== null && day <= snoozedUntil

type Viewer = { personId: Id | null; manages: boolean }

/** A snooze takes a thing out of sight of the one who is to do it, and of nobody else; never of a manager. */
export const isHiddenFrom = (
  one: Pick<Due, 'snoozedUntil' | 'personId'>,
  viewer: Viewer,
  day: Day,
): boolean =>
  isSnoozedOn(one, day) && !viewer.manages && viewer.personId !== null && viewer.personId === one.personId
