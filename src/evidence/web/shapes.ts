import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Evidence } from '../evidence.ts'
import type { EvidenceState } from '../state.ts'

/** An item as the API answers it: the record, and what follows from it on the day asked about. */
export type EvidenceAnswer = Evidence & {
  state: EvidenceState
  freshness: 'not-yet' | 'valid' | 'tolerance' | 'expired'
  reviewed: 'awaiting' | 'accepted' | 'rejected'
  abilities: string[]
}

type Placed = {
  id: Id
  controlId: Id
  code: string
  name: LocalText
  entityId: Id
  serviceId: Id | null
}

export type EvidenceDetail = EvidenceAnswer & {
  linked: {
    implementations: Placed[]
    occurrences: (Placed & { implementationId: Id; periodFrom: Day; periodTo: Day; dueBy: Day })[]
    requirements: { edition: string; requirement: string; title: LocalText }[]
    assets: { id: Id; key: string; name: LocalText }[]
  }
  people: { id: Id; name: LocalText }[]
  revisions: {
    id: Id
    title: string
    aboutFrom: Day
    aboutTo: Day
    collectedOn: Day
    state: EvidenceState
  }[]
}

export const abilities = [
  'accept',
  'reject',
  'revise',
  'link',
  'withdraw',
  'hold',
  'release',
  'retain',
  'dispose',
] as const
export type Ability = (typeof abilities)[number]
