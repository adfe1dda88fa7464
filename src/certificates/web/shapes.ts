import type { Day } from '../../kernel/day.ts'
import type { Ability, Refusal } from '../abilities.ts'
import type { Certificate } from '../certificate.ts'
import type { CertificateState, CyclePoint, Step } from '../cycle.ts'
import type { Document } from '../document.ts'
import type { Warning } from '../warnings.ts'

/** A certificate as the API answers it: the record, and what follows from it on the day asked about. */
export type CertificateAnswer = Certificate & {
  state: CertificateState
  endedOn: Day | null
  validUntil: Day | null
  standards: string[]
  termId: string | null
  currentHolders: string[]
  currentServices: string[]
  nextStep: Step | null
  warnings: Warning[]
  cycle: CyclePoint[]
  supersededTerms: string[]
  abilities: Ability[]
}

type ShortName = { id: string; key: string; number: string | null }

export type CertificateDetail = CertificateAnswer & {
  refusals: Refusal[]
  predecessorNames: ShortName[]
  successors: ShortName[]
  documents: Document[]
}

/** What became of a change of chosen rows. */
export type BulkAnswer = {
  applied: boolean
  counts: { changed: number; unchanged: number; refused: number }
  rows: { id: string; fate: 'changed' | 'unchanged' | 'refused'; text: { en: string; ja: string } | null }[]
}
