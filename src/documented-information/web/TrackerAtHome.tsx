import { Link } from '@tanstack/react-router'
import { StandBar } from '../../web/chart/StandBar.tsx'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import css from './documented.module.css'
import { documentedMessages } from './messages.ts'
import type { Trackers } from './shapes.ts'
import { Totals } from './TrackerPage.tsx'
import { sharesOf } from './tones.ts'

/** How complete the documented information is, a line for each programme; nothing where none is running. */
export function TrackerAtHome() {
  const t = useWords(documentedMessages)
  const format = useFormat()
  const { data } = useRead<Trackers>('/api/documented-information')
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section title={t.home} beside={<Link to="/app/documented-information">→</Link>}>
      <ul className={css.home}>
        {data.items.map((one) => (
          <li key={one.programmeId}>
            <Link
              to="/app/documented-information"
              search={(before: object) => ({ ...before, programme: one.programmeId, show: 'open' })}
            >
              {format.text(one.programmeName)}
            </Link>
            <StandBar shares={sharesOf(one.totals)} />
            <Totals totals={one.totals} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
