import type { Tone } from '../../web/ui/State.tsx'
import type { DutyState, TrackerTotals } from '../tracker.ts'

export const dutyTones: Record<DutyState, Tone> = {
  current: 'met',
  outdated: 'partial',
  unapproved: 'partial',
  incomplete: 'partial',
  missing: 'failing',
  'not-applicable': 'none',
}

/** The worst first, as every bar of the application. */
export const sharesOf = (totals: TrackerTotals) => [
  { key: 'failing', count: totals.missing },
  { key: 'partial', count: totals.outdated + totals.unapproved + totals.incomplete },
  { key: 'met', count: totals.current },
]
