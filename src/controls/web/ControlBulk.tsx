import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { ExportChosen } from '../../web/exchange/ExportChosen.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { exchangeMessages } from './exchange-messages.ts'
import { controlMessages } from './messages.ts'
import { protectsMessages } from './protects-messages.ts'
import type { ControlAnswer } from './shapes.ts'

const ReviewDialog = lazy(() => import('./ReviewDialog.tsx'))
const OwnerForm = lazy(() => import('./OwnerForm.tsx'))
const ProtectsForm = lazy(() => import('./ProtectsForm.tsx'))

/** What can be done with the chosen controls: export them, confirm their words, give them an owner, say what they protect. */
export function ControlBulk({ rows, clear }: { rows: readonly ControlAnswer[]; clear: () => void }) {
  const t = useWords(controlMessages)
  const protects = useWords(protectsMessages)
  const exchange = useWords(exchangeMessages)
  const may = useMayNow()
  const [open, setOpen] = useState<'review' | 'owner' | 'protects' | null>(null)
  const close = () => setOpen(null)
  const done = () => {
    close()
    clear()
  }
  return (
    <>
      <ExportChosen
        address="/api/controls"
        name="controls"
        ids={rows.map((row) => row.id)}
        words={exchange}
      />
      {may('control.review') ? (
        <Button size="compact-sm" variant="default" onClick={() => setOpen('review')}>
          {t.bulk.review}
        </Button>
      ) : null}
      {may('control.update') ? (
        <>
          <Button size="compact-sm" variant="default" onClick={() => setOpen('owner')}>
            {t.bulk.owner}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setOpen('protects')}>
            {protects.act}
          </Button>
        </>
      ) : null}
      <Suspense fallback={null}>
        {open === 'review' ? <ReviewDialog rows={rows} onClose={close} onDone={done} /> : null}
        {open === 'protects' ? <ProtectsForm rows={rows} onClose={close} onDone={done} /> : null}
        {open === 'owner' ? <OwnerForm rows={rows} onClose={close} onDone={done} /> : null}
      </Suspense>
    </>
  )
}
