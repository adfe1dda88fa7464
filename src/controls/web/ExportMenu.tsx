import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { addressOf, download } from '../../web/client.ts'
import {
  type Ending,
  ExportItems,
  ExportMenu,
  type ExportQuery,
  endings,
} from '../../web/exchange/ExportMenu.tsx'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { failureText } from '../../web/ui/Notice.tsx'
import { exchangeMessages } from './exchange-messages.ts'

type ControlExportMenuProps = { query: ExportQuery; count: number }

/** What the register shows, on the day in view, as a file; and how everything is carried out. */
export function ControlExportMenu({ query, count }: ControlExportMenuProps) {
  const t = useWords(exchangeMessages)
  return (
    <ExportMenu address="/api/controls" query={query} words={t} count={count}>
      <Menu.Label>{t.exportImplementations}</Menu.Label>
      <ExportItems address="/api/implementations" query={{}} words={t} />
    </ExportMenu>
  )
}

/** The chosen controls as a file: so many ids fit no address, so they are sent. */
export function ExportChosen({ ids }: { ids: readonly string[] }) {
  const t = useWords(exchangeMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const times = useTimes()
  const send = (ending: Ending) =>
    download(addressOf(`/api/controls/export.${ending}`, times), { ids }, `controls.${ending}`).catch(
      (error: unknown) => notifications.show({ color: 'red', message: failureText(error, shell.failure) }),
    )
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<Icon name="download" />}>
          {t.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.exportChosen(format.number(ids.length))}</Menu.Label>
        {endings.map((ending) => (
          <Menu.Item key={ending} onClick={() => send(ending)}>
            {t[ending]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
