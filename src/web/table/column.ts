import type { ComponentType, ReactNode } from 'react'
import type { Option } from '../form/fields.tsx'

export type Column<T> = {
  key: string
  header: string
  cell: (row: T) => ReactNode
  /** Width in pixels; without one the column takes its share of what is left. */
  width?: number
  /** The server sorts by this key. */
  sortable?: boolean
  /** For lists that are sorted where they are. */
  by?: (row: T) => string | number | null
}

export type Filter<T> = {
  key: string
  label: string
  options: readonly Option[]
  /** Finds what is too much to list: typing narrows it, and choosing one is the filter. */
  search?: ComponentType<{ label: string; options: readonly Option[]; onPick: (value: string) => void }>
  /** What a value that was found, and is no option, is called. */
  nameOf?: (value: string) => string
  /** For lists that are filtered where they are; without it the server filters. */
  of?: (row: T) => string
}
