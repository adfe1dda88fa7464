import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { Check } from '../check.ts'
import type { Outcome, Run } from '../run.ts'

export type Counts = Record<Outcome, number>

export type CheckAnswer = Check & { active: boolean; counts: Counts; abilities: string[] }

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
