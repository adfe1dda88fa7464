import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { RiskMap } from './shapes.ts'

/** What the matrix does not show: risks without values, and those on the matrix of another version. */
export function MapNotes({ map }: { map: RiskMap }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  return (
    <div className={css.note}>
      <span>
        {t.map.version} {t.version(format.number(map.method?.number ?? 0))}
      </span>
      {map.unassessed > 0 ? (
        <span>
          {t.map.unassessed(format.number(map.unassessed))}{' '}
          <Link to="/app/risks" search={(before: object) => ({ ...before, state: 'identified' })}>
            {t.method.showOutdated}
          </Link>
        </span>
      ) : null}
      {map.otherVersions.map((one) => (
        <span key={one.id}>
          {t.map.others(format.number(one.risks), format.number(one.number))}{' '}
          <Link to="." search={(before: object) => ({ ...before, method: one.id })}>
            {t.map.showOthers}
          </Link>
        </span>
      ))}
    </div>
  )
}
