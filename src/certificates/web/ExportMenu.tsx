import { Button, Menu } from '@mantine/core'
import { addressOf, type QueryValue } from '../../web/client.ts'
import css from '../../web/exchange/exchange.module.css'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { exchangeMessages } from './exchange-messages.ts'

type ExportMenuProps = {
  /** The filter of the list, as the API takes it. */
  query: Readonly<Record<string, QueryValue>>
  count: number
}

/** The rows of the register that the filter shows, on the day in view, as a file. */
export function ExportMenu({ query, count }: ExportMenuProps) {
  const t = useWords(exchangeMessages)
  const format = useFormat()
  const times = useTimes()
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
        {(['csv', 'xlsx'] as const).map((ending) => (
          <Menu.Item
            key={ending}
            className={css.item ?? ''}
            component="a"
            href={addressOf(`/api/certificates/export.${ending}`, { ...query, ...times })}
            download
          >
            {t[ending]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
