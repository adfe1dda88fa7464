import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useRef, useState } from 'react'
import type { LocalText } from '../../kernel/language.ts'
import { useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { assetMessages } from './messages.ts'

type Named = { id: string; key: string; name: LocalText }

type AssetsFieldProps = {
  label: string
  hint: string
  value: readonly string[]
  onChange: (ids: string[]) => void
  error?: string | null
  /** Assets that are chosen already: only their ids stand in the value. */
  already: readonly (Named | null)[]
  except?: string | undefined
}

// As many as a list shows without being searched; any other is found by typing.
const mostListed = 30

/** Some assets, found by name, key or identifier among any number of them. */
export function AssetsField({ label, hint, value, onChange, error, already, except }: AssetsFieldProps) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const names = useRef(new Map<string, string>())
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 150)
  const found = useReadNow<{ items: Named[] }>('/api/assets', { text, limit: mostListed }).data?.items ?? []
  for (const one of [...already, ...found])
    if (one !== null) names.current.set(one.id, `${format.text(one.name)} · ${one.key}`)
  const ids = [...new Set([...value, ...found.map((one) => one.id)])].filter((id) => id !== except)
  return (
    <MultiSelect
      label={label}
      description={hint}
      placeholder={value.length === 0 ? t.dependsOnSearch : ''}
      error={error ?? null}
      searchable
      data={ids.map((id) => ({ value: id, label: names.current.get(id) ?? id }))}
      // The server has searched already, in identifiers too.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      value={[...value]}
      onChange={onChange}
    />
  )
}
