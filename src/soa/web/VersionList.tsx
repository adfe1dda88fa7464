import { Link } from '@tanstack/react-router'
import { StandBar } from '../../web/chart/StandBar.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State } from '../../web/ui/State.tsx'
import { soaMessages } from './messages.ts'
import type { VersionHead } from './shapes.ts'
import css from './soa.module.css'
import { sharesOf, versionTones } from './tones.ts'

/** The numbered versions of a statement, the newest first. */
export function VersionList({ versions }: { versions: readonly VersionHead[] }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  if (versions.length === 0) return <p className="quiet">{t.none}</p>
  return (
    <table className={css.table}>
      <caption className="unseen">{t.versions}</caption>
      <thead>
        <tr>
          <th scope="col">{t.versions}</th>
          <th scope="col">{t.state}</th>
          <th scope="col">{t.asOf}</th>
          <th scope="col">{t.approvedBy}</th>
          <th scope="col">{t.statement}</th>
        </tr>
      </thead>
      <tbody>
        {versions.map((one) => (
          <tr key={one.id} className={css.row}>
            <td data-first>
              <Link to="/app/soa/versions/$id" params={{ id: one.id }} className={css.title ?? ''}>
                {t.version(format.number(one.number))}
              </Link>
              {one.note ? <p className={css.words}>{one.note}</p> : null}
            </td>
            <td data-label={t.state}>
              <State tone={versionTones[one.state]}>{t.versionStates[one.state]}</State>
            </td>
            <td data-label={t.asOf}>{format.shortDay(one.asOf)}</td>
            <td data-label={t.approvedBy}>{one.approval ? format.shortDay(one.approval.on) : '—'}</td>
            <td data-label={t.statement}>
              <StandBar shares={sharesOf(one.totals)} />
              <span className="quiet">
                {t.counts(format.number(one.totals.applicable), format.number(one.totals.controls))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
