import type { Day } from '../../kernel/day.ts'
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
  abilities: string[]
}

export type CertificateDetail = CertificateAnswer & { documents: Document[] }
