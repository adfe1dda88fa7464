import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'
import { addressOf, download } from '../../web/client.ts'
import { type Ending, endings } from '../../web/exchange/ExportMenu.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { failureText } from '../../web/ui/Notice.tsx'
import { contextMessages } from './messages.ts'

const ReviewForm = lazy(() => import('./ActForms.tsx').then((part) => ({ default: part.ReviewForm })))
const OwnerForm = lazy(() => import('./ActForms.tsx').then((part) => ({ default: part.OwnerForm })))

type BulkProps = {
  list: string
  noun: string
  rows: readonly { id: string; version: number }[]
  clear: () => void
}

/** What can be done with the chosen entries: export them, say that they were looked at, give them an owner. */
export function Bulk({ list, noun, rows, clear }: BulkProps) {
  const t = useWords(contextMessages)
  const may = useMayNow()
  const [open, setOpen] = useState<'review' | 'owner' | null>(null)
  const address = `/api/${list}`
  const parts = {
    ...{ address, rows, onClose: () => setOpen(null) },
    onDone: () => {
      setOpen(null)
      clear()
    },
  }
  return (
    <>
      <ExportChosen list={list} ids={rows.map((row) => row.id)} />
      {may(`${noun}.update`) ? (
        <>
          <Button size="compact-sm" variant="default" onClick={() => setOpen('review')}>
            {t.bulk.review}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setOpen('owner')}>
            {t.bulk.owner}
          </Button>
        </>
      ) : null}
      <Suspense fallback={null}>
        {open === 'review' ? <ReviewForm {...parts} /> : null}
        {open === 'owner' ? <OwnerForm {...parts} /> : null}
      </Suspense>
    </>
  )
}

/** The chosen entries as a file: so many ids fit no address, so they are sent. */
function ExportChosen({ list, ids }: { list: string; ids: readonly string[] }) {
  const t = useWords(contextMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const times = useTimes()
  const send = (ending: Ending) =>
    download(addressOf(`/api/${list}/export.${ending}`, times), { ids }, `${list}.${ending}`).catch(
      (error: unknown) => notifications.show({ color: 'red', message: failureText(error, shell.failure) }),
    )
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<Icon name="download" />}>
          {t.exchange.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.exchange.exportChosen(format.number(ids.length))}</Menu.Label>
        {endings.map((ending) => (
          <Menu.Item key={ending} onClick={() => send(ending)}>
            {t.exchange[ending]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
