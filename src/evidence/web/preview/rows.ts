import type { Table } from './csv.ts'

const mostRows = 500
const mostColumns = 60
// Deeper inside, what a list is about is said outside of it.
const deepest = 3

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The longest list of objects in a JSON value, not too deep inside. */
function longestList(value: unknown, depth = 0): readonly Fields[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isFields)) return value
  if (!isFields(value) || depth >= deepest) return []
  return Object.values(value)
    .map((inner) => longestList(inner, depth + 1))
    .reduce<readonly Fields[]>((best, one) => (one.length > best.length ? one : best), [])
}

/** The fields of an object with those of the objects in it, each named by its way: `facts.open`. */
const flat = (value: Fields, prefix = ''): [string, unknown][] =>
  Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
    isFields(inner) && prefix === '' ? flat(inner, `${key}.`) : [[`${prefix}${key}`, inner]],
  )

const cellOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** JSON as rows and columns, where it has a list of objects; null where it has none. */
export function rowsOf(value: unknown): Table | null {
  const list = longestList(value)
  if (list.length === 0) return null
  const shown = list.slice(0, mostRows).map((one) => new Map(flat(one)))
  const head = [...new Set(shown.flatMap((one) => [...one.keys()]))].slice(0, mostColumns)
  return {
    head,
    rows: shown.map((one) => head.map((column) => cellOf(one.get(column)))),
    cut: list.length > mostRows,
  }
}
