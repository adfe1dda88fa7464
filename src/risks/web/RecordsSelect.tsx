import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useRef, useState } from 'react'
import type { LocalText } from '../../kernel/language.ts'
import { useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { riskMessages } from './messages.ts'

type Row = { id: string; name: LocalText; key?: string; code?: string }

type RecordsSelectProps = {
  label: string
  hint?: string
  /** The list of the API that holds them; it searches by `text`. */
  path: string
  value: readonly string[]
  onChange: (ids: string[]) => void
  /** Records that are chosen already, which the list may not show. */
  already: readonly Row[]
  error: string | null
}

const mostListed = 30

/** Some records of a register, found by typing among any number of them. */
export function RecordsSelect({ label, hint, path, value, onChange, already, error }: RecordsSelectProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 150)
  const names = useRef(new Map<string, string>())
  const read = useReadNow<{ items: Row[] }>(path, { text, limit: mostListed })
  const found = read.data?.items ?? []
  const nameOf = (row: Row) => [row.code, format.text(row.name)].filter(Boolean).join(' ')
  for (const row of [...already, ...found]) names.current.set(row.id, nameOf(row))
  const ids = [...new Set([...value, ...found.map((row) => row.id)])]
  return (
    <MultiSelect
      label={label}
      {...(hint ? { description: hint } : {})}
      error={error}
      searchable
      data={ids.map((id) => ({ value: id, label: names.current.get(id) ?? '…' }))}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={t.form.nothing}
      placeholder={value.length === 0 ? t.form.search : ''}
      searchValue={typed}
      onSearchChange={setTyped}
      value={[...value]}
      onChange={onChange}
    />
  )
}
