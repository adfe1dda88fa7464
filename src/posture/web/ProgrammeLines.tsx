import { Link } from '@tanstack/react-router'
import type { Day } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { NextAudit } from './Audit.tsx'
import { CellLink, Counts } from './CellLink.tsx'
import { postureMessages } from './messages.ts'
import css from './posture.module.css'
import type { ProgrammeRow } from './shapes.ts'

/** Every programme as a whole: its counts, and how far its next audit is. */
export function ProgrammeLines({ programmes, day }: { programmes: readonly ProgrammeRow[]; day: Day }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  return (
    <ul className={css.lines}>
      {programmes.map((one) => (
        <li key={one.programmeId} className={css.line}>
          <div>
            <Link to="/app/programmes/$id" params={{ id: one.programmeId }} className={css.name ?? ''}>
              {format.text(one.name)}
            </Link>
            <small>{format.text(one.editionName)}</small>
          </div>
          <div>
            <CellLink
              large
              programmeId={one.programmeId}
              totals={one.totals}
              label={`${format.text(one.name)}, ${t.whole}`}
            />
            <Counts totals={one.totals} />
          </div>
          <div className={css.when}>
            <small>{t.nextAudit}</small>
            <NextAudit on={one.nextAudit} day={day} />
          </div>
        </li>
      ))}
    </ul>
  )
}
