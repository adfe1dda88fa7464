import { type MantineSpacing, Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormat } from '../i18n/format.ts'

type RecordTab<Name extends string> = {
  name: Name
  label: string
  /** How many things are behind it; none is not said. */
  count?: number
  content: ReactNode
}

type RecordTabsProps<Name extends string> = {
  tabs: readonly RecordTab<Name>[]
  mt?: MantineSpacing
}

/** What belongs to a record, a tab each; the address names the one in view. The first is the usual one. */
export function RecordTabs<Name extends string>({ tabs, mt = 0 }: RecordTabsProps<Name>) {
  const format = useFormat()
  const navigate = useNavigate()
  const { tab = tabs[0]?.name ?? '' }: { tab?: string } = useSearch({ strict: false })
  return (
    <Tabs
      mt={mt}
      value={tab}
      keepMounted={false}
      onChange={(next) =>
        navigate({ to: '.', search: (before: object) => ({ ...before, tab: next ?? undefined }) })
      }
    >
      <Tabs.List mb="md">
        {tabs.map(({ name, label, count }) => (
          <Tabs.Tab key={name} value={name}>
            {label}
            {count ? <span className="quiet tabular"> {format.number(count)}</span> : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
