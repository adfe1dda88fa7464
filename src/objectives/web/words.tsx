import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { Objective, Target } from '../objective.ts'
import type { ObjectiveState } from '../state.ts'
import { objectiveMessages } from './messages.ts'
import type { Keeper } from './shapes.ts'

/** Missed is red and not known is grey: unknown is never shown as failed. */
const tones: Record<ObjectiveState, Tone> = {
  'on-track': 'met',
  behind: 'partial',
  missed: 'failing',
  unread: 'unknown',
}

export function ObjectiveMark({ state }: { state: ObjectiveState }) {
  const t = useWords(objectiveMessages)
  return <State tone={tones[state]}>{t.states[state]}</State>
}

/** Values and targets of an objective in its unit. */
export function useValues({ measure }: Pick<Objective, 'measure'>) {
  const format = useFormat()
  const unit = format.text(measure.unit)
  const value = (number: number) =>
    unit === '%' || unit === '％' ? `${format.number(number)}%` : `${format.number(number)} ${unit}`
  const signs = { up: '≥ ', down: '≤ ', within: '' }
  const target = (one: Target) =>
    measure.direction === 'within' && one.upper !== null
      ? `${format.number(one.value)} – ${value(one.upper)}`
      : `${signs[measure.direction]}${value(one.value)}`
  return { value, target }
}

/** Who keeps something; somebody who has left is marked, because it must be handed over. */
export function Owner({ owner }: { owner: Keeper | null }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  if (!owner) return <span className="quiet">{t.nobody}</span>
  const name = format.text(owner.name)
  return owner.left ? <State tone="failing">{t.ownerLeft(name)}</State> : name
}
