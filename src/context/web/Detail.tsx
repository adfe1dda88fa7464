import { Button, Drawer } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { RecordHistory } from '../../log/web/RecordHistory.tsx'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { type Fact, Pairs } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import css from './context.module.css'
import { contextMessages } from './messages.ts'
import type { Entry, EntryForm } from './Register.tsx'
import { Owner, Review, StandingState } from './Review.tsx'

const ReviewForm = lazy(() => import('./ActForms.tsx').then((part) => ({ default: part.ReviewForm })))
const EndForm = lazy(() => import('./ActForms.tsx').then((part) => ({ default: part.EndForm })))

type DetailProps<T extends Entry> = {
  address: string
  noun: string
  one: T
  names: ProgrammeNames
  form: EntryForm<T>
  facts: readonly Fact[]
  body: ReactNode
  onClose: () => void
}

/** One entry with everything about it: what it says, who looked at it when, and its history in the log. */
export function Detail<T extends Entry>(props: DetailProps<T>) {
  const { address, noun, one, names, form: Form, onClose } = props
  const t = useWords(contextMessages)
  const format = useFormat()
  const past = useIsPast()
  const [act, setAct] = useState<'edit' | 'review' | 'end' | null>(null)
  const can = !past && one.abilities.includes('update')
  const back = () => setAct(null)
  if (act === 'edit')
    return (
      <Suspense fallback={null}>
        <Form one={one} names={names} onClose={back} />
      </Suspense>
    )
  if (act === 'review')
    return (
      <Suspense fallback={null}>
        <ReviewForm address={address} rows={[one]} onClose={back} onDone={back} />
      </Suspense>
    )
  if (act === 'end')
    return (
      <Suspense fallback={null}>
        <EndForm address={address} one={one} onClose={back} onDone={back} />
      </Suspense>
    )
  const facts: Fact[] = [
    { label: t.state, value: <StandingState standing={one.standing} /> },
    ...props.facts,
    { label: t.entities, value: format.list(one.entityIds.map(names.entity)) || t.all },
    { label: t.owner, value: <Owner owner={one.owner} /> },
    { label: t.review, value: <Review one={one} /> },
    { label: t.from, value: format.day(one.from) },
    ...(one.to ? [{ label: t.to, value: format.day(one.to) }] : []),
    { label: t.key, value: <code>{one.key}</code> },
  ]
  return (
    <Drawer
      opened
      onClose={onClose}
      title={format.text(one.name)}
      size={640}
      padding={0}
      styles={{ body: { padding: 0 } }}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <div className={css.detail}>
        {past ? <Notice tone="unknown">{t.pastOff}</Notice> : null}
        {can ? (
          <div className={css.buttons}>
            <Button leftSection={<Icon name="check" />} onClick={() => setAct('review')} data-autofocus>
              {t.reviewToday}
            </Button>
            <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => setAct('edit')}>
              {t.edit}
            </Button>
            {one.standing === 'ended' ? null : (
              <Button variant="default" onClick={() => setAct('end')}>
                {t.end}
              </Button>
            )}
          </div>
        ) : null}
        <Pairs facts={facts} />
        {props.body}
        <Reviews one={one} names={names} />
        <section>
          <h3>{t.history}</h3>
          <RecordHistory noun={noun} id={one.id} />
        </section>
      </div>
    </Drawer>
  )
}

/** Who looked at an entry when, newest first. */
function Reviews({ one, names }: { one: Entry; names: ProgrammeNames }) {
  const t = useWords(contextMessages)
  const format = useFormat()
  return (
    <section>
      <h3>{t.reviews}</h3>
      {one.reviews.length === 0 ? <p className="quiet">{t.noReviews}</p> : null}
      <ul className={css.needs}>
        {one.reviews.toReversed().map((review, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: reviews are appended and never move
          <li key={one.reviews.length - at}>
            <span>
              {format.day(review.on)}{' '}
              {names.person(review.personId) ? (
                <span className="quiet">{t.by(names.person(review.personId))}</span>
              ) : null}
            </span>
            <p>{review.note ?? <span className="quiet">{t.nothingChanged}</span>}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
