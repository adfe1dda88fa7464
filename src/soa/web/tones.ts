import type { DraftState } from '../../people/approval.ts'
import type { Tone } from '../../web/ui/State.tsx'
import type { SoaTotals } from '../gaps.ts'
import type { SoaState } from '../soa-version.ts'

export const stateTones: Record<SoaState, Tone> = {
  implemented: 'met',
  partial: 'partial',
  planned: 'accent',
  'not-implemented': 'failing',
}

export const versionTones: Record<DraftState, Tone> = {
  draft: 'accent',
  approved: 'met',
  superseded: 'none',
  withdrawn: 'failing',
}

// A bar draws states by the names that posture has for them.
const drawn = {
  'not-implemented': 'failing',
  partial: 'partial',
  planned: 'not-assessed',
  implemented: 'met',
} as const

/** The worst first, as every bar of the application. */
export const sharesOf = (totals: SoaTotals) =>
  (Object.keys(drawn) as (keyof typeof drawn)[]).map((state) => ({ key: drawn[state], count: totals[state] }))
