import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { riskMessages } from './messages.ts'
import type { RiskAnswer } from './shapes.ts'

const BulkForm = lazy(() => import('./BulkForm.tsx'))

/** What can be done with the chosen risks. Accepting is not among it: each is read by its owner. */
export function RiskBulk({ rows, clear }: { rows: readonly RiskAnswer[]; clear: () => void }) {
  const t = useWords(riskMessages)
  const may = useMayNow()
  const [open, setOpen] = useState(false)
  if (!may('risk.update')) return null
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t.bulk.change}
      </Button>
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
