import { Link, useParams } from '@tanstack/react-router'
import { History } from '../../log/web/History.tsx'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { Actions } from './Actions.tsx'
import { DataLine } from './DataLine.tsx'
import { useDay } from './day.ts'
import { EvidenceState, useStateReason } from './EvidenceState.tsx'
import css from './evidence.module.css'
import { FilesWithPreview } from './FilesWithPreview.tsx'
import { Keeping } from './Keeping.tsx'
import { Links } from './Links.tsx'
import { Location } from './Location.tsx'
import { evidenceMessages } from './messages.ts'
import { useNames } from './names.ts'
import type { EvidenceDetail } from './shapes.ts'
import { ThreeTimes } from './ThreeTimes.tsx'
import { useDaysLeft } from './validity.ts'

export function ItemPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<EvidenceDetail>(`/api/evidence/${id}`)
  return <Loaded read={read}>{(one) => <Item one={one} />}</Loaded>
}

/** One item: how it stands on the day in view and why, its three times, and everything that belongs to it. */
function Item({ one }: { one: EvidenceDetail }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const names = useNames()
  const day = useDay()
  const reason = useStateReason()
  const daysLeft = useDaysLeft()
  const named = (id: string | null) =>
    format.text(one.people.find((person) => person.id === id)?.name) || (id ? t.someone : '—')
  const { implementations, occurrences, requirements, assets } = one.linked
  return (
    <Page
      title={one.title}
      beside={<EvidenceState one={one} />}
      above={<Link to="/app/evidence">{t.title}</Link>}
      actions={<Actions one={one} names={names} />}
    >
      <p className={css.why}>{reason(one)}</p>
      <ThreeTimes one={one} />
      <Facts
        facts={[
          {
            label: t.validity,
            value: (
              <>
                {format.day(one.validUntil)} <span className="quiet">{daysLeft(one.validUntil, day)}</span>
              </>
            ),
          },
          { label: t.source, value: t.sources[one.source] },
          ...(one.location ? [{ label: t.location, value: <Location text={one.location} /> }] : []),
          { label: t.entity, value: names.entity(one.entityId) || '—' },
          { label: t.collector, value: one.collector ?? named(one.collectorId) },
          {
            label: t.verdict,
            value: one.review
              ? `${t.verdicts[one.review.verdict]} · ${t.verdictBy(named(one.review.personId), format.shortDay(one.review.on))}`
              : t.verdicts.awaiting,
          },
        ]}
      />
      {one.description ? <p className={css.words}>{one.description}</p> : null}
      <RecordTabs
        tabs={[
          {
            name: 'content',
            label: t.content,
            count: one.files.length,
            content: (
              <>
                <DataLine one={one} />
                {one.files.length === 0 && one.data ? null : <FilesWithPreview one={one} />}
              </>
            ),
          },
          {
            name: 'links',
            label: t.links,
            count: implementations.length + occurrences.length + requirements.length + assets.length,
            content: <Links one={one} names={names} />,
          },
          { name: 'keeping', label: t.keeping, content: <Keeping one={one} named={named} /> },
          { name: 'history', label: t.history, content: <History noun="evidence" id={one.id} /> },
        ]}
      />
    </Page>
  )
}
