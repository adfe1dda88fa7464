import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { isFull, type Relationship } from '../../frameworks/library.ts'
import { libraryMessages } from '../../frameworks/web/library-messages.ts'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import { useEditions } from './names.ts'
import type { ControlRecord } from './shapes.ts'

type LibraryNewsProps = { control: ControlRecord; news: NonNullable<ControlRecord['libraryNews']> }

/** Says what the shipped library changes in the links of a control that was adopted from an earlier one, and offers it. */
export default function LibraryNews({ control, news }: LibraryNewsProps) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const editions = useEditions()
  const nameOf = (key: string) => format.text(editions.find((each) => each.key === key)?.name) || key
  const past = useIsPast()
  const take = useChange(() =>
    call('POST', '/api/controls/library', {
      body: { library: news.version, controls: [{ id: control.id, version: control.version }] },
    }),
  )
  return (
    <section className={css.banner} aria-label={t.news.title(news.version)}>
      <Icon name="question" />
      <div>
        <strong>{t.news.title(news.version)}</strong>
        <p>{t.news.text(control.libraryVersion ?? '')}</p>
        <ul className={css.lines}>
          {news.changes.map((one) => (
            <li key={`${one.edition} ${one.requirement}`}>
              <Link to="/app/frameworks/$key" params={{ key: one.edition }} hash={one.requirement}>
                <code>{one.requirement}</code> {nameOf(one.edition)}
              </Link>
              {one.words ? (
                <span className="quiet">{t.news.words}</span>
              ) : (
                <span>
                  <Said relationship={one.before} /> → <Said relationship={one.after} />
                </span>
              )}
            </li>
          ))}
        </ul>
        {take.error ? <Failure error={take.error} /> : null}
      </div>
      {control.abilities.includes('take_library') && !past ? (
        <Button size="compact-sm" loading={take.isPending} onClick={() => take.mutate(undefined)}>
          {t.news.take(news.version)}
        </Button>
      ) : null}
    </section>
  )
}

function Said({ relationship }: { relationship: Relationship | null }) {
  const t = useWords(controlMessages)
  const words = useWords(libraryMessages)
  if (relationship === null) return <span className="quiet">{t.news.none}</span>
  return <State tone={isFull(relationship) ? 'met' : 'partial'}>{words.relationships[relationship]}</State>
}
