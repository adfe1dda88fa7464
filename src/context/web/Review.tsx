import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State, type Tone } from '../../web/ui/State.tsx'
import css from './context.module.css'
import { contextMessages } from './messages.ts'
import type { Keeper, KeptAnswer, KeptStanding } from './shapes.ts'

/** When an entry was last looked at, and by when it must be again. */
export function Review({ one }: { one: Pick<KeptAnswer, 'reviewedOn' | 'reviewDue'> }) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const day = useDay()
  const late = one.reviewDue !== null && one.reviewDue < day
  return (
    <span className={css.stack}>
      <span>
        {one.reviewedOn ? format.shortDay(one.reviewedOn) : <span className="quiet">{t.never}</span>}
      </span>
      {one.reviewDue ? (
        <span className={late ? css.late : 'quiet'}>
          {late ? t.overdue(format.shortDay(one.reviewDue)) : t.due(format.shortDay(one.reviewDue))}
        </span>
      ) : null}
    </span>
  )
}

/** The same in one line: what is to be done comes before what was. */
export function NextReview({ one }: { one: Pick<KeptAnswer, 'reviewedOn' | 'reviewDue'> }) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const day = useDay()
  const { reviewDue, reviewedOn } = one
  if (reviewDue !== null && reviewDue < day)
    return <span className={css.late}>{t.overdue(format.shortDay(reviewDue))}</span>
  if (reviewDue !== null) return t.due(format.shortDay(reviewDue))
  return <span className="quiet">{reviewedOn ? format.shortDay(reviewedOn) : t.never}</span>
}

/** Who keeps something; somebody who has left is marked, because it must be handed over. */
export function Owner({ owner }: { owner: Keeper | null }) {
  const t = useWords(contextMessages)
  const format = useFormat()
  if (!owner) return <span className="quiet">{t.nobody}</span>
  const name = format.text(owner.name)
  return owner.left ? <State tone="failing">{t.ownerLeft(name)}</State> : name
}

const tones: Record<KeptStanding, Tone> = { standing: 'met', planned: 'accent', ended: 'none' }

export function StandingState({ standing }: { standing: KeptStanding }) {
  const t = useWords(contextMessages)
  return <State tone={tones[standing]}>{t.states[standing]}</State>
}
