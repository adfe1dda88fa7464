import { Tooltip } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { EvidenceState as StateName } from '../state.ts'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import type { EvidenceAnswer } from './shapes.ts'

export const stateTones: Readonly<Record<StateName, Tone>> = {
  disposed: 'none',
  withdrawn: 'none',
  'not-yet': 'none',
  awaiting: 'accent',
  rejected: 'failing',
  valid: 'met',
  tolerance: 'partial',
  expired: 'unknown',
}

/** Why an item stands as it does, in one sentence, with the words of whoever decided it. */
export function useStateReason(): (one: EvidenceAnswer) => string {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  return (one) => {
    const { state } = one
    if (state === 'awaiting') return t.why.awaiting
    const [day, words] =
      state === 'disposed'
        ? [one.disposed?.on, one.disposed?.basis]
        : state === 'withdrawn'
          ? [one.withdrawn?.on, one.withdrawn?.reason]
          : state === 'rejected'
            ? [one.review?.on, one.review?.note]
            : [state === 'not-yet' ? one.collectedOn : one.validUntil, null]
    return [t.why[state](format.day(day)), words].filter(Boolean).join(' ')
  }
}

export function EvidenceState({ one }: { one: EvidenceAnswer }) {
  const t = useWords(evidenceMessages)
  const reason = useStateReason()
  return (
    <Tooltip label={reason(one)} multiline maw={320} openDelay={300}>
      <span className={css.state}>
        <State tone={stateTones[one.state]}>{t.states[one.state]}</State>
      </span>
    </Tooltip>
  )
}
