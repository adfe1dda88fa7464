import type { UseQueryResult } from '@tanstack/react-query'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './log.module.css'
import { logMessages } from './messages.ts'
import type { LogStatus } from './shapes.ts'

/** How long the log is, how much the newest signed checkpoint covers, and the checkpoint itself. */
export function Checkpoint({ read }: { read: UseQueryResult<LogStatus> }) {
  const t = useWords(logMessages)
  const format = useFormat()
  if (!read.data) return null
  const { origin, size, sealedSize, sealedAt, note, lost } = read.data
  const waiting = size - sealedSize
  return (
    <>
      {lost ? (
        <Notice tone="failing">{t.lost(format.number(lost.from), format.number(lost.to))}</Notice>
      ) : null}
      <Facts
        facts={[
          { label: t.size, value: format.number(size) },
          { label: t.sealed, value: format.number(sealedSize) },
          { label: t.sealedAt, value: sealedAt ? format.instant(sealedAt) : '—' },
          {
            label: t.status,
            value:
              waiting === 0 ? (
                <State tone="met">{t.allSealed}</State>
              ) : (
                <State tone="accent">{t.waiting(format.number(waiting))}</State>
              ),
          },
          { label: t.origin, value: <code>{origin}</code> },
        ]}
      />
      {note ? (
        <details className={css.note}>
          <summary className="quiet">{t.note}</summary>
          <pre className={css.pre}>{note}</pre>
        </details>
      ) : (
        <p className="quiet">{t.noCheckpoint}</p>
      )}
    </>
  )
}
