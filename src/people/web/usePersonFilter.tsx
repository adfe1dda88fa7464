import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../../web/data.ts'
import type { Option } from '../../web/form/fields.tsx'
import { useMay, useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Filter } from '../../web/table/column.ts'
import { pickerMessages } from './picker-messages.ts'

// Comes when a filter is opened: most visits to a register never do.
const PersonSelect = lazy(async () => ({ default: (await import('./PersonSelect.tsx')).PersonSelect }))

type PersonFilter = {
  key: string
  label: string
  /** Who is chosen now, if anybody is. */
  value: string | undefined
  /** Choices that are no people, such as nobody. */
  others?: readonly Option[]
}

type SearchProps = { label: string; options: readonly Option[]; onPick: (value: string) => void }

function Search({ label, options, onPick }: SearchProps) {
  const t = useWords(pickerMessages)
  return (
    <Suspense fallback={<Skeleton height={30} />}>
      <PersonSelect
        label={label}
        bare
        small
        within
        withLeft
        autoFocus
        anybody={t.find}
        others={options}
        value={null}
        onChange={(id) => id && onPick(id)}
      />
    </Suspense>
  )
}

/** Narrows a register to what is somebody's, found by name among any number of people. */
export function usePersonFilter<T>({ key, label, value, others = [] }: PersonFilter): Filter<T> {
  const t = useWords(pickerMessages)
  const format = useFormat()
  const may = useMay()
  const me = useMe().data?.person
  const isPerson = value !== undefined && value.length === 36 && value !== me?.id
  const read = useRead<{ id: Id; name: LocalText }>(
    `/api/people/${value}`,
    {},
    isPerson && may('person.read'),
  )
  const nameOf = (id: string) => {
    if (id === me?.id) return format.text(me.name)
    return read.data?.id === id ? format.text(read.data.name) : read.isLoading ? '…' : t.unknown
  }
  return { key, label, options: others, search: Search, nameOf }
}
