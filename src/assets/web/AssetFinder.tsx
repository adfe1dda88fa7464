import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { assetMessages } from './messages.ts'

type Named = { id: string; key: string; name: LocalText }

type AssetFinderProps = { label: string; value: string | null; onChange: (id: string | null) => void }

const mostListed = 30

/** One asset, found by name, key or identifier. */
export function AssetFinder({ label, value, onChange }: AssetFinderProps) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const [typed, setTyped] = useState('')
  const chosen = useRead<Named>(`/api/assets/${value}`, {}, value !== null).data
  const nameOf = (one: Named) => `${format.text(one.name)} · ${one.key}`
  const [text] = useDebouncedValue(chosen && typed === nameOf(chosen) ? '' : typed.trim(), 150)
  const found = useRead<{ items: Named[] }>('/api/assets', { text, use: 'in-use', limit: mostListed }).data
  const items = new Map([...(chosen ? [chosen] : []), ...(found?.items ?? [])].map((one) => [one.id, one]))
  return (
    <Select
      label={label}
      placeholder={t.dependsOnSearch}
      searchable
      clearable
      data={[...items.values()].map((one) => ({ value: one.id, label: nameOf(one) }))}
      // The server has searched already, in identifiers too.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      value={value}
      onChange={onChange}
    />
  )
}
