import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { addressOf, download, type QueryValue } from '../../web/client.ts'
import css from '../../web/exchange/exchange.module.css'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { failureText } from '../../web/ui/Notice.tsx'
import { exchangeMessages } from './exchange-messages.ts'

const endings = ['csv', 'xlsx'] as const

type ExportMenuProps = {
  /** The filter of the list, as the API takes it. */
  query: Readonly<Record<string, QueryValue>>
  count: number
}

/** What the register shows, on the day in view, as a file; and how everything is carried out. */
export function ExportMenu({ query, count }: ExportMenuProps) {
  const t = useWords(exchangeMessages)
  const format = useFormat()
  const times = useTimes()
  const link = (path: string, given: Readonly<Record<string, QueryValue>>, ending: 'csv' | 'xlsx') => (
    <Menu.Item
      key={`${path} ${ending}`}
      className={css.item ?? ''}
      component="a"
      href={addressOf(`${path}/export.${ending}`, { ...given, ...times })}
      download
    >
      {t[ending]}
    </Menu.Item>
  )
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />} disabled={count === 0}>
          {t.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {t.exportWhat(format.number(count))}
          {times.asOf ? <div>{t.exportAsOf(format.day(times.asOf))}</div> : null}
        </Menu.Label>
        {endings.map((ending) => link('/api/controls', query, ending))}
        <Menu.Label>{t.exportImplementations}</Menu.Label>
        {endings.map((ending) => link('/api/implementations', {}, ending))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The chosen controls as a file: so many ids fit no address, so they are sent. */
export function ExportChosen({ ids }: { ids: readonly string[] }) {
  const t = useWords(exchangeMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const times = useTimes()
  const send = (ending: 'csv' | 'xlsx') =>
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
