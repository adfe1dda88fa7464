import { TextInput } from '@mantine/core'
import { useDeferredValue, useState } from 'react'
import { Icon } from '../ui/icons.tsx'

export type Search = {
  typed: string
  setTyped: (typed: string) => void
  /** What to search for, which may trail behind what is typed. */
  text: string
}

export function useSearchText(initial = ''): Search {
  const [typed, setTyped] = useState(initial)
  return { typed, setTyped, text: useDeferredValue(typed.trim()) }
}

type SearchFieldProps = {
  label: string
  search: Search
  /** In pixels. */
  width?: number
  className?: string | undefined
  onBlur?: () => void
}

/** Narrows a list to what holds the words that are typed. */
export function SearchField({ label, search, width, className, onBlur }: SearchFieldProps) {
  return (
    <TextInput
      className={className ?? ''}
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" />}
      value={search.typed}
      onChange={(event) => search.setTyped(event.currentTarget.value)}
      {...(width ? { w: width } : {})}
      {...(onBlur ? { onBlur } : {})}
    />
  )
}
