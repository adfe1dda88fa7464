import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Check } from '../check.ts'
import type { Outcome, Run } from '../run.ts'

export type Counts = Record<Outcome, number>

type Owner = { id: Id; name: LocalText; left: boolean }

export type CheckAnswer = Check & {
  active: boolean
  counts: Counts
  owner: Owner | null
  needsHandover: boolean
  abilities: string[]
}

export type AssetStanding = {
  assetId: Id
  state: Outcome
  detail: string | null
  ranOn: Day | null
  runId: Id | null
  evidenceId: Id | null
  validUntil: Day | null
}

export type PastResult = Omit<AssetStanding, 'state' | 'assetId'> & { outcome: Outcome; ranAt: string }

export type RunRow = Omit<Run, 'results'> & { counts: { pass: number; fail: number; error: number } }

export type Trial = {
  items: {
    resource: string
    incomplete: string | null
    outcome: 'pass' | 'fail' | 'error'
    detail: string | null
  }[]
  total: number
}
