import { Link } from '@tanstack/react-router'
import type { Page } from '../../kernel/page.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Changes } from './Changes.tsx'
import { Integrity } from './Integrity.tsx'
import css from './log.module.css'
import { logMessages } from './messages.ts'
import type { HistoryItem } from './shapes.ts'
import { useTold } from './told.ts'
import { useWho } from './who.ts'

/** Who did what to a record and when, the newest first, with the proof one click away. */
export function RecordHistory({ noun, id }: { noun: string; id: string }) {
  const t = useWords(logMessages)
  const format = useFormat()
  const told = useTold()
  const who = useWho()
  const read = useRead<Page<HistoryItem>>(`/api/log/records/${noun}/${id}/history`, { limit: 100 })
  return (
    <Loaded read={read}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{t.noHistory}</p>
        ) : (
          <ol>
            {items.map((item) => (
              <li key={item.index} className={css.item}>
                <div className={css.itemHead}>
                  <b>{told(item.type)}</b>
                  <span>{who(item)}</span>
                  <time className="quiet" dateTime={item.recordedAt}>
                    {format.instant(item.recordedAt)}
                  </time>
                  <Link to="/app/log/$index" params={{ index: String(item.index) }}>
                    #{item.index} <Integrity level={item.level} />
                  </Link>
                </div>
                {item.reason ? <p>{item.reason}</p> : null}
                {item.n === 1 ? <p className="quiet">{t.first}</p> : <Changes changes={item.changes} />}
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  )
}
