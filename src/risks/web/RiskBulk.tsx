import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { ExportChosen } from '../../web/exchange/ExportChosen.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { exchangeMessages } from './exchange-messages.ts'
import { riskMessages } from './messages.ts'
import type { RiskAnswer } from './shapes.ts'

const BulkForm = lazy(() => import('./BulkForm.tsx'))

/** What can be done with the chosen risks. Accepting is not among it: each is read by its owner. */
export function RiskBulk({ rows, clear }: { rows: readonly RiskAnswer[]; clear: () => void }) {
  const t = useWords(riskMessages)
  const exchange = useWords(exchangeMessages)
  const may = useMayNow()
  const [open, setOpen] = useState(false)
  return (
    <>
      <ExportChosen address="/api/risks" name="risks" ids={rows.map((row) => row.id)} words={exchange} />
      {may('risk.update') ? (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {t.bulk.change}
        </Button>
      ) : null}
      <Suspense fallback={null}>
        {open ? (
          <BulkForm
            rows={rows}
            onClose={() => setOpen(false)}
            onDone={() => {
              setOpen(false)
              clear()
            }}
          />
        ) : null}
      </Suspense>
    </>
  )
}
