import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import type { DocumentDuty } from './duties.ts'
import type { NamedDocument } from './named-document.ts'

/** What kinds of records of Assay itself satisfy a duty. */
export const keptKinds = [
  'scope-statement',
  'risk-method',
  'soa',
  'risk-treatment-plan',
  'objectives',
  'risk-assessments',
  'risk-treatments',
  'readings',
  'occurrences',
] as const
export type KeptKind = (typeof keptKinds)[number]

/** Something that satisfies a duty: a record kept here, or a document that somebody named. */
export type Holder = {
  kind: KeptKind | 'named'
  /** The record, where it is one and not a whole register. */
  id: Id | null
  name: LocalText | null
  /** Its own version mark. */
  label: string | null
  issuedOn: Day | null
  approvedOn: Day | null
  approverIds: readonly Id[]
  /** Last day on which it is current; null where it does not age. */
  reviewBy: Day | null
  /** Of how many things it consists, and how many of them are not as they should be. */
  parts: { all: number; open: number } | null
}

export const dutyStates = [
  'current',
  'outdated',
  'unapproved',
  'incomplete',
  'missing',
  'not-applicable',
] as const
export type DutyState = (typeof dutyStates)[number]

/** What one holder is worth for a duty on a day. Documents are approved (7.5.2 c); records show what was done. */
export function holderStateOn(duty: Pick<DocumentDuty, 'form'>, one: Holder, day: Day): DutyState {
  if (one.parts !== null && one.parts.all === 0) return 'missing'
  if (one.reviewBy !== null && one.reviewBy < day) return 'outdated'
  if (one.parts !== null && one.parts.open > 0) return 'incomplete'
  if (duty.form === 'document' && one.parts === null && one.approvedOn === null) return 'unapproved'
  return 'current'
}

const worth = (state: DutyState) => dutyStates.indexOf(state)

/** A duty is as well satisfied as by the best that there is for it. */
export function dutyStateOn(
  duty: Pick<DocumentDuty, 'form'>,
  holders: readonly Holder[],
  applicable: boolean,
  day: Day,
): DutyState {
  if (!applicable) return 'not-applicable'
  const states = holders.map((one) => holderStateOn(duty, one, day))
  return states.sort((a, b) => worth(a) - worth(b))[0] ?? 'missing'
}

/** A named document as it stood on a day; null before it was issued and after it was withdrawn. */
export function namedHolderOn(one: NamedDocument, day: Day): Holder | null {
  if (one.issuedOn > day || (one.withdrawn !== null && one.withdrawn.on <= day)) return null
  const approval = one.approval !== null && one.approval.on <= day ? one.approval : null
  return {
    ...{ kind: 'named', id: one.id, name: one.name, label: one.label, issuedOn: one.issuedOn },
    ...{ approvedOn: approval?.on ?? null, approverIds: approval ? [approval.personId] : [] },
    ...{ reviewBy: one.reviewBy, parts: null },
  }
}

export type TrackerTotals = Readonly<Record<DutyState, number>> & { required: number }

/** Counts of the duties; what does not apply is not required. */
export function trackerTotals(states: readonly DutyState[]): TrackerTotals {
  const totals = {
    ...{ current: 0, outdated: 0, unapproved: 0, incomplete: 0, missing: 0, 'not-applicable': 0 },
  }
  for (const state of states) totals[state]++
  return { ...totals, required: states.length - totals['not-applicable'] }
}
