import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { ExportChosen } from '../../web/exchange/ExportChosen.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { exchangeMessages } from './exchange-messages.ts'
import type { EvidenceAnswer } from './shapes.ts'

const BulkDrawer = lazy(() => import('./BulkDrawer.tsx'))

export const bulkActs = ['accept', 'reject', 'withdraw', 'hold'] as const
export type BulkAct = (typeof bulkActs)[number]

const permissions: Readonly<Record<BulkAct, string>> = {
  accept: 'evidence.review',
  reject: 'evidence.review',
  withdraw: 'evidence.withdraw',
  hold: 'evidence.hold',
}

type EvidenceBulkProps = { rows: readonly EvidenceAnswer[]; clear: () => void }

/** What can be done with the chosen items; each answers for itself. */
export function EvidenceBulk({ rows, clear }: EvidenceBulkProps) {
  const t = useWords(exchangeMessages)
  const may = useMayNow()
  const [open, setOpen] = useState<{ act: BulkAct; rows: readonly EvidenceAnswer[] } | null>(null)
  return (
    <>
      <ExportChosen address="/api/evidence" name="evidence" ids={rows.map((row) => row.id)} words={t} />
      {bulkActs
        .filter((act) => may(permissions[act]))
        .map((act) => (
          // The rows as they were chosen: what is judged may leave the list while the drawer is open.
          <Button key={act} size="compact-sm" variant="default" onClick={() => setOpen({ act, rows })}>
            {t.bulk.acts[act]}
          </Button>
        ))}
      <Suspense fallback={null}>
        {open ? (
          <BulkDrawer
            act={open.act}
            rows={open.rows}
            onClose={(changed) => {
              setOpen(null)
              if (changed) clear()
            }}
          />
        ) : null}
      </Suspense>
    </>
  )
}
