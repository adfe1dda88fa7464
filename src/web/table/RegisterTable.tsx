import {
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Bones } from '../ui/Empty.tsx'
import { Failure } from '../ui/Notice.tsx'
import { BulkBar } from './BulkBar.tsx'
import type { Column, Filter } from './column.ts'
import { Head } from './Head.tsx'
import { Row } from './Row.tsx'
import type { Source } from './source.ts'
import { Tools } from './Tools.tsx'
import css from './table.module.css'
import { useRowKeys } from './useRowKeys.ts'
import type { ViewState } from './view.ts'

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature, rowSortingFeature })

export type RegisterTableProps<T> = {
  caption: string
  columns: readonly Column<T>[]
  filters?: readonly Filter<T>[]
  source: Source<T>
  view: ViewState
  idOf: (row: T) => string
  nameOf: (row: T) => string
  /** Address of the row's own page, or what opening it does. */
  to?: (row: T) => string
  onOpen?: (row: T) => void
  /** Actions on the selected rows; without them rows cannot be selected. */
  bulk?: (rows: readonly T[], clear: () => void) => ReactNode
  /** Whether something outside the table narrows it too, such as a search or the entity in view. */
  narrowed?: boolean
  /** Shown instead of a table with nothing in it: teaches what belongs here. */
  empty: ReactNode
}

/** A register: sorted, filtered and paged by its source, drawn only where the reader looks. */
export function RegisterTable<T extends object>(props: RegisterTableProps<T>) {
  const { columns, source, view, idOf, filters = [] } = props
  const t = useWords(shellMessages)
  const [picked, setPicked] = useState<Record<string, true>>({})
  const hidden = new Set(view.view.hidden)
  const table = useTable({
    features,
    data: source.rows as T[],
    columns: columns.map((column) => ({ id: column.key, header: column.header })),
    getRowId: idOf,
    manualSorting: true,
    state: {
      columnVisibility: Object.fromEntries(columns.map(({ key }) => [key, !hidden.has(key)])),
      rowSelection: picked,
      sorting: view.view.sort ? [{ id: view.view.sort.key, desc: view.view.sort.descending }] : [],
    },
    onRowSelectionChange: (update) =>
      setPicked((before) => (typeof update === 'function' ? update(before) : update)),
  })
  const visible = new Set(table.getVisibleLeafColumns().map((column) => column.id))
  const shown = columns.filter((column) => visible.has(column.key))
  const rows = table.getRowModel().rows
  const chosen = rows.filter((row) => row.getIsSelected()).map((row) => row.original)
  const body = useRef<HTMLTableSectionElement>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top
    if (top !== undefined) setMargin(top + window.scrollY)
  }, [])
  const virtual = useWindowVirtualizer({
    count: source.total,
    estimateSize: () => (view.view.compact ? 37 : 49),
    overscan: 24,
    scrollMargin: margin,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= source.rows.length && source.rows.length < source.total) source.more()
  })
  const selectable = props.bulk !== undefined
  const anchor = useRef<string | null>(null)
  // A range goes from the row that was chosen last to this one, as in file managers.
  const pick = (index: number, range: boolean) => {
    const from = rows.findIndex((row) => row.id === anchor.current)
    anchor.current = rows[index]?.id ?? null
    if (!range || from < 0) rows[index]?.toggleSelected()
    else {
      const between = rows.slice(Math.min(from, index), Math.max(from, index) + 1)
      setPicked((before) => ({ ...before, ...Object.fromEntries(between.map((row) => [row.id, true])) }))
    }
  }
  useRowKeys(body, rows.length, (index) => virtual.scrollToIndex(index, { align: 'auto' }), {
    select: (index, range) => selectable && pick(index, range),
  })
  const filtered = props.narrowed || Object.values(view.view.filters).some(Boolean)
  if (source.error) return <Failure error={source.error} />
  if (!source.loading && source.total === 0 && !filtered) return props.empty
  const above = (items[0]?.start ?? margin) - margin
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin)
  const span = shown.length + (selectable ? 1 : 0)
  return (
    <>
      <Tools columns={columns} filters={filters as readonly Filter<never>[]} view={view} />
      {source.loading ? (
        <Bones rows={8} label={t.loading} />
      ) : (
        <table
          className={css.table}
          data-comfortable={!view.view.compact || undefined}
          aria-rowcount={source.total + 1}
        >
          <caption className="unseen">{props.caption}</caption>
          <Head
            columns={shown}
            view={view}
            {...(selectable
              ? {
                  all: table.getIsAllRowsSelected(),
                  some: table.getIsSomeRowsSelected(),
                  onAll: () => table.toggleAllRowsSelected(),
                }
              : {})}
          />
          <tbody ref={body}>
            <Spacer height={above} span={span} />
            {items.map((item) => {
              const row = rows[item.index]
              return (
                <Row
                  key={item.key}
                  measure={virtual.measureElement}
                  index={item.index}
                  columns={shown}
                  row={row?.original ?? null}
                  name={row ? props.nameOf(row.original) : ''}
                  {...(row && props.to ? { to: props.to(row.original) } : {})}
                  {...(row && props.onOpen ? { onOpen: () => props.onOpen?.(row.original) } : {})}
                  {...(row && selectable
                    ? {
                        picked: row.getIsSelected(),
                        onPick: (range: boolean) => pick(item.index, range),
                      }
                    : {})}
                />
              )
            })}
            <Spacer height={below} span={span} />
          </tbody>
        </table>
      )}
      {!source.loading && source.total === 0 ? <p className={css.note}>{t.table.noMatch}</p> : null}
      {props.bulk && chosen.length > 0 ? (
        <BulkBar count={chosen.length} onClear={() => setPicked({})}>
          {props.bulk(chosen, () => setPicked({}))}
        </BulkBar>
      ) : null}
    </>
  )
}

/** Stands for the rows that are not drawn, so that the page keeps its height. */
function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null
  return (
    <tr>
      <td colSpan={span} style={{ height, padding: 0, border: 0 }}>
        <i data-spacer style={{ display: 'block', height }} />
      </td>
    </tr>
  )
}
