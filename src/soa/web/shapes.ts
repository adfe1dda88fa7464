import type { LocalText } from '../../kernel/language.ts'
import type { DraftState } from '../../people/approval.ts'
import type { ComparedField } from '../diff.ts'
import type { Gap, SoaTotals } from '../gaps.ts'
import type { SoaRow, SoaVersion } from '../soa-version.ts'
import type { OriginKind, Step } from '../transition.ts'

export type Labels = {
  controls: readonly {
    reference: string
    title: LocalText
    group: { id: string; title: LocalText } | null
  }[]
  people: readonly { id: string; name: LocalText }[]
  evidence: readonly { id: string; title: string }[]
}

/** A version as lists show it, without its rows. */
export type VersionHead = Omit<SoaVersion, 'rows'> & {
  state: DraftState
  totals: SoaTotals
  abilities: readonly string[]
}

export type Overview = {
  day: string
  items: readonly {
    programmeId: string
    programmeName: LocalText
    edition: string
    certificateId: string | null
    approved: VersionHead | null
    draft: VersionHead | null
    versions: number
  }[]
}

export type Statement = {
  programmeId: string
  programmeName: LocalText
  edition: string
  editionName: LocalText
  day: string
  rows: readonly SoaRow[]
  totals: SoaTotals
  gaps: readonly Gap[]
  labels: Labels
  versions: readonly VersionHead[]
  abilities: readonly string[]
}

export type Version = VersionHead & {
  ended: readonly { id: string; code: string; on: string }[]
  programmeName: LocalText
  editionName: LocalText
  rows: readonly SoaRow[]
  gaps: readonly Gap[]
  labels: Labels
}

export type Difference = {
  from: { number: number; asOf: string }
  to: { number: number | null; asOf: string }
  changes: readonly {
    reference: string
    before: SoaRow | null
    after: SoaRow | null
    fields: readonly ComparedField[]
  }[]
  labels: Labels
}

export type TransitionStep = Omit<Step, 'origin'> & {
  origin: OriginKind
  decided: { applicable: boolean; from: string } | null
}

export type Transition = {
  from: { programmeId: string; edition: string; number: number | null }
  to: { programmeId: string; edition: string }
  steps: readonly TransitionStep[]
  leftBehind: readonly SoaRow[]
  labels: { from: Labels; to: Labels }
  abilities: readonly string[]
}
