import { Button, Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import { addressOf, type QueryValue } from '../client.ts'
import { useTimes } from '../frame/times.ts'
import { useFormat } from '../i18n/format.ts'
import { Icon } from '../ui/icons.tsx'
import css from './exchange.module.css'

export const endings = ['csv', 'xlsx'] as const
export type Ending = (typeof endings)[number]

/** The words for a register as a file. */
export type ExportWords = Readonly<Record<Ending, string>> & {
  export: string
  exportWhat: (count: string) => string
  exportAsOf: (day: string) => string
}

export type ExportQuery = Readonly<Record<string, QueryValue>>

type ExportItemsProps = {
  /** The address of the list in the API. */
  address: string
  /** The filter of the list, as the API takes it. */
  query: ExportQuery
  words: ExportWords
}

/** The rows of a list that a filter shows, on the day in view, as a file of each kind. */
export function ExportItems({ address, query, words }: ExportItemsProps) {
  const times = useTimes()
  return endings.map((ending) => (
    <Menu.Item
      key={ending}
      className={css.item ?? ''}
      component="a"
      href={addressOf(`${address}/export.${ending}`, { ...query, ...times })}
      download
    >
      {words[ending]}
    </Menu.Item>
  ))
}

/** What a register shows as a file; `children` are further choices in the menu. */
export function ExportMenu({
  count,
  children,
  ...items
}: ExportItemsProps & { count: number; children?: ReactNode }) {
  const format = useFormat()
  const times = useTimes()
  const { words } = items
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />} disabled={count === 0}>
          {words.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {words.exportWhat(format.number(count))}
          {times.asOf ? <div>{words.exportAsOf(format.day(times.asOf))}</div> : null}
        </Menu.Label>
        <ExportItems {...items} />
        {children}
      </Menu.Dropdown>
    </Menu>
  )
}
