import { Link } from '@tanstack/react-router'
import { certificateSoa } from '../../certificates/web/cited.ts'
import { useEditions } from '../../controls/web/names.ts'
import { StandBar } from '../../web/chart/StandBar.tsx'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { useTotalsText } from './Counts.tsx'
import { soaMessages } from './messages.ts'
import type { Overview } from './shapes.ts'
import css from './soa.module.css'
import { sharesOf } from './tones.ts'

/** Every statement of applicability: the version in force, the draft that waits, and what certificates cite. */
export function SoaPage() {
  const t = useWords(soaMessages)
  const read = useRead<Overview>('/api/statements')
  return (
    <Page title={t.title} lead={t.lead}>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.empty} action={<Link to="/app/programmes">{t.programmes}</Link>}>
              {t.emptyText}
            </Empty>
          ) : (
            <ul className={css.cards}>
              {items.map((item) => (
                <Programme key={item.programmeId} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function Programme({ item }: { item: Overview['items'][number] }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const totalsText = useTotalsText()
  const editions = useEditions()
  const { approved, draft } = item
  const shown = approved ?? draft
  return (
    <li className={css.card}>
      <div>
        <h2>
          <Link to="/app/soa/$programme" params={{ programme: item.programmeId }}>
            {format.text(item.programmeName)}
          </Link>
        </h2>
        <p className="quiet">
          {format.text(editions.find((one) => one.key === item.edition)?.name) || item.edition}
        </p>
      </div>
      <div>
        {approved ? (
          <Link to="/app/soa/versions/$id" params={{ id: approved.id }}>
            <State tone="met">
              {t.version(format.number(approved.number))} · {t.inForce}
            </State>
          </Link>
        ) : (
          <State tone="unknown">{t.none}</State>
        )}
        {approved?.approval ? (
          <p className="quiet">
            {t.approvedBy} {format.shortDay(approved.approval.on)} · {t.asOf} {format.shortDay(approved.asOf)}
          </p>
        ) : null}
        {draft ? (
          <Link to="/app/soa/versions/$id" params={{ id: draft.id }}>
            <State tone="accent">{t.draftWaits(format.number(draft.number))}</State>
          </Link>
        ) : null}
        <Cited item={item} />
      </div>
      <div>
        {shown ? (
          <>
            <StandBar large shares={sharesOf(shown.totals)} />
            <p className="quiet">{totalsText(shown.totals)}</p>
          </>
        ) : null}
      </div>
    </li>
  )
}

/** The version that the certificate names, said plainly when it is not the one in force. */
function Cited({ item }: { item: Overview['items'][number] }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const read = useRead<Parameters<typeof certificateSoa>[0]>(
    `/api/certificates/${item.certificateId}`,
    {},
    item.certificateId !== null,
  )
  if (read.data === undefined) return null
  const cited = certificateSoa(read.data)
  if (cited === null) return <p className="quiet">{t.citedNone}</p>
  const { approved } = item
  const same = approved !== null && cited.version === String(approved.number)
  if (same || approved === null)
    return (
      <p className="quiet">
        {t.cited}: {cited.version}
      </p>
    )
  return (
    <p className={css.differs}>
      <Icon name="warning" size={12} /> {t.citedOther(cited.version, format.number(approved.number))}
    </p>
  )
}
