import { useWords } from '../../web/i18n/catalogue.ts'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { AcceptanceState, RiskState } from '../state.ts'
import { riskMessages } from './messages.ts'

const stateTones: Record<RiskState, Tone> = {
  identified: 'unknown',
  assessed: 'unknown',
  planned: 'accent',
  treating: 'accent',
  accepted: 'met',
  stale: 'partial',
  'review-due': 'partial',
  closed: 'none',
}

export function RiskStateMark({ state }: { state: RiskState }) {
  const t = useWords(riskMessages)
  return <State tone={stateTones[state]}>{t.states[state]}</State>
}

const acceptanceTones: Record<AcceptanceState, Tone> = {
  none: 'unknown',
  current: 'met',
  stale: 'partial',
  ended: 'none',
  revoked: 'none',
}

export function AcceptanceMark({ state }: { state: AcceptanceState }) {
  const t = useWords(riskMessages)
  return <State tone={acceptanceTones[state]}>{t.acceptance.states[state]}</State>
}
