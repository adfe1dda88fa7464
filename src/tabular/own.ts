import type { Cell, Row, Table, TableStream } from './table.ts'

/**
 * The name of a last, empty column by which we know a table that we wrote, with formulas escaped (CSV) or not (XLSX);
 * it stays true when a spreadsheet program saves one as the other. Only in such a table are escapes undone and
 * continued columns joined: anyone else's apostrophe is their own.
 */
export const ownMarkers = { escaped: 'assay-table-1-escaped', plain: 'assay-table-1' } as const

export type OwnForm = keyof typeof ownMarkers

// Excel keeps 32,767 UTF-16 units in a cell and cuts or refuses the rest.
const longest = 32_000

const continued = (name: string, part: number) => `${name} [${part}]`

/** Cuts a text between characters, never inside a surrogate pair. */
function cut(text: string): string[] {
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + longest, text.length)
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end -= 1
    parts.push(text.slice(at, end))
    at = end
  }
  return parts
}

/** Takes the measure of rows one by one: over how many columns each column has to be spread. */
export function measure(columns: number): { add(row: Row): void; widths(): number[] } {
  const widths = new Array<number>(columns).fill(1)
  return {
    add(row) {
      for (const [column, value] of row.entries()) {
        if (typeof value === 'string' && value.length >= longest)
          widths[column] = Math.max(widths[column] ?? 1, Math.ceil(value.length / (longest - 1)))
      }
    },
    widths: () => widths,
  }
}

/** A table that is in memory, as one that comes row by row. */
export function streamOf({ header, rows }: Table): TableStream {
  const measured = measure(header.length)
  for (const row of rows) measured.add(row)
  return { header, widths: measured.widths(), rows }
}

/** The header of a table of ours: continued columns and, last, the mark. */
export const ownHeader = ({ header, widths }: TableStream, form: OwnForm): string[] => [
  ...header.flatMap((name, column) =>
    Array.from({ length: widths[column] ?? 1 }, (_, part) => (part === 0 ? name : continued(name, part + 1))),
  ),
  ownMarkers[form],
]

/** A row under {@link ownHeader}: texts too long for a cell go on in the next one. */
export const ownRow = (row: Row, widths: readonly number[]): Cell[] => [
  ...widths.flatMap((width, column) => {
    const value = row[column] ?? null
    if (width === 1) return [value]
    const parts = typeof value === 'string' ? cut(value) : [value]
    return Array.from({ length: width }, (_, part) => parts[part] ?? null)
  }),
  null,
]

/** How a table of ours was written; null for anyone else's. */
export const ownForm = (header: readonly string[]): OwnForm | null =>
  header.includes(ownMarkers.escaped) ? 'escaped' : header.includes(ownMarkers.plain) ? 'plain' : null

/** Undoes the spreading: which column of the file belongs to which column of the table; null is the marker. */
export function joinedColumns(header: readonly string[]): (string | null)[] {
  let base = ''
  let part = 1
  return header.map((name) => {
    if (name === ownMarkers.escaped || name === ownMarkers.plain) return null
    if (base !== '' && name === continued(base, part + 1)) {
      part += 1
      return base
    }
    base = name
    part = 1
    return name
  })
}
