import type { Tone } from '../../web/ui/State.tsx'
import type { ScopeState } from '../scope-state.ts'

export const scopeTones: Readonly<Record<ScopeState, Tone>> = {
  draft: 'unknown',
  upcoming: 'accent',
  approved: 'met',
  superseded: 'none',
  withdrawn: 'none',
}
