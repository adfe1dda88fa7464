import { useWords } from '../../web/i18n/catalogue.ts'
import { State } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { OccurrenceAnswer } from './shapes.ts'
import { occurrenceTones } from './words.ts'

/** How an occurrence stands; a failure before the pass stays in sight. */
export function OccurrenceMark({ one }: { one: Pick<OccurrenceAnswer, 'state' | 'hadFailure'> }) {
  const t = useWords(controlMessages)
  return (
    <span className={css.standing}>
      <State tone={occurrenceTones[one.state]}>{t.occurrenceStates[one.state]}</State>
      {one.hadFailure && one.state !== 'failed' ? (
        <small className={css.failedBefore}>{t.occurrences.hadFailure}</small>
      ) : null}
    </span>
  )
}
