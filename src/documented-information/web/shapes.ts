import type { LocalText } from '../../kernel/language.ts'
import type { DocumentDuty } from '../duties.ts'
import type { DutyState, Holder, TrackerTotals } from '../tracker.ts'

export type HolderAnswer = Omit<Holder, 'approverIds'> & {
  approvers: readonly { id: string; name: LocalText }[]
  state: DutyState
  named: { version: number; evidenceId: string; abilities: readonly string[] } | null
}

export type DutyAnswer = DocumentDuty & {
  title: LocalText
  state: DutyState
  holders: readonly HolderAnswer[]
}

export type Tracker = {
  programmeId: string
  programmeName: LocalText
  edition: string
  editionName: LocalText
  day: string
  duties: readonly DutyAnswer[]
  totals: TrackerTotals
  abilities: readonly string[]
}

export type Trackers = {
  day: string
  items: readonly Pick<Tracker, 'programmeId' | 'programmeName' | 'edition' | 'totals'>[]
}
