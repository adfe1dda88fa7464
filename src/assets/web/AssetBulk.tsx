import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { ExportChosen } from '../../web/exchange/ExportChosen.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { exchangeMessages } from './exchange-messages.ts'
import { assetMessages } from './messages.ts'
import type { PlaceNames } from './names.ts'
import type { ScaleWords } from './scale.ts'
import type { AssetAnswer } from './shapes.ts'

const ChangeForm = lazy(() => import('./ChangeForm.tsx'))

type AssetBulkProps = {
  rows: readonly AssetAnswer[]
  clear: () => void
  names: PlaceNames
  scale: ScaleWords
}

/** What can be done with the chosen assets: export them, or change the same of all. */
export function AssetBulk({ rows, clear, names, scale }: AssetBulkProps) {
  const t = useWords(assetMessages)
  const exchange = useWords(exchangeMessages)
  const may = useMayNow()
  const [open, setOpen] = useState(false)
  return (
    <>
      <ExportChosen address="/api/assets" name="assets" ids={rows.map((row) => row.id)} words={exchange} />
      {may('asset.update') ? (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {t.bulk.change}
        </Button>
      ) : null}
      <Suspense fallback={null}>
        {open ? (
          <ChangeForm
            rows={rows}
            names={names}
            scale={scale}
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
