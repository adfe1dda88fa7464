import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useRef, useState } from 'react'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { useReadNow } from '../../web/data.ts'
import type { Option } from '../../web/form/fields.tsx'
import { useMay, useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { pickerMessages } from './picker-messages.ts'

type Named = { id: Id; name: LocalText }
type Found = { items: (Named & { state: string })[]; total: number }

type PersonSelectProps = {
  label: string
  /** The label is only for those who cannot see what stands around it. */
  bare?: boolean
  hint?: ReactNode
  value: Id | null
  onChange: (id: Id | null) => void
  error?: string | null
  /** What no choice is called; without it somebody is always chosen. */
  nobody?: string
  /** People who are named already, who may have left or be unknown to this reader. */
  already?: readonly (Named | null)[]
  /** Somebody who is no choice here. */
  except?: Id | null
  /** Choices that are no people, before all others. */
  others?: readonly Option[]
  /** Shown where nothing is chosen, which a reader may come back to. */
  anybody?: string
  small?: boolean
  /** People who left are choices too: what was theirs may be looked for. */
  withLeft?: boolean
  /** Only names are chosen; a list in a panel stays in it. */
  within?: boolean
  /** Takes the focus as it appears, where it was asked for. */
  autoFocus?: boolean
}

// As many as a list shows without being searched; whoever is not among them is found by typing.
const mostListed = 30

/**
 * One person, found by name or address among any number of people. Who may not list people can name themselves and whoever
 * is named already.
 */
export function PersonSelect(props: PersonSelectProps) {
  const {
    label,
    bare,
    hint,
    value,
    onChange,
    error,
    nobody,
    already = [],
    except,
    others = [],
    anybody,
  } = props
  const t = useWords(pickerMessages)
  const format = useFormat()
  const may = useMay()
  const me = useMe().data?.person
  const names = useRef(new Map<Id, string>())
  const [typed, setTyped] = useState('')
  const chosen =
    value === null
      ? (nobody ?? '')
      : (names.current.get(value) ?? others.find((one) => one.value === value)?.label ?? '')
  // The name of who is chosen stands in the field without having been typed.
  const [text] = useDebouncedValue(typed === chosen ? '' : typed.trim(), 150)
  const listing = may('person.read')
  const read = useReadNow<Found>('/api/people', { text, limit: mostListed }, listing)
  const found = (read.data?.items ?? []).filter((one) => props.withLeft === true || one.state !== 'left')
  const fixed = [...already, ...(me ? [me] : [])].filter((one) => one !== null)
  for (const one of [...found, ...fixed]) names.current.set(one.id, format.text(one.name))
  const wanted = text.toLowerCase()
  const ids = new Set([
    ...fixed.map((one) => one.id).filter((id) => names.current.get(id)?.toLowerCase().includes(wanted)),
    ...found.map((one) => one.id),
    ...(value === null || others.some((one) => one.value === value) ? [] : [value]),
  ])
  const options = [...ids]
    .filter((id) => id !== except)
    .map((id) => ({ value: id, label: names.current.get(id) ?? t.unknown }))
  const more = (read.data?.total ?? 0) - (read.data?.items.length ?? 0)
  const data = [
    ...(nobody === undefined || text !== '' ? [] : [{ value: '', label: nobody }]),
    ...(text === '' ? others : others.filter((one) => one.value === value)),
    ...options,
    ...(more > 0 ? [{ value: 'more', label: t.more(format.number(more)), disabled: true }] : []),
  ]
  return (
    <Select
      {...(bare ? { 'aria-label': label } : { label })}
      {...(hint === undefined ? {} : { description: hint })}
      error={error ?? null}
      {...(props.small ? { size: 'xs' } : {})}
      {...(anybody === undefined ? {} : { placeholder: anybody, clearable: true })}
      searchable
      {...(props.autoFocus ? { autoFocus: true } : {})}
      {...(props.within ? { comboboxProps: { withinPortal: false } } : {})}
      data={data}
      // The server has searched already, in addresses too.
      filter={({ options: all }) => all}
      nothingFoundMessage={t.nobodyFound}
      onSearchChange={setTyped}
      value={value ?? (nobody === undefined ? null : '')}
      onChange={(next) => (next !== null || anybody !== undefined) && onChange(next || null)}
    />
  )
}
