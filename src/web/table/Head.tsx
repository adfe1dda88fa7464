import { Checkbox } from '@mantine/core'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import type { Column } from './column.ts'
import css from './table.module.css'
import type { ViewState } from './view.ts'

type HeadProps<T> = {
  columns: readonly Column<T>[]
  view: ViewState
  all?: boolean
  some?: boolean
  onAll?: () => void
}

// What a column without a width needs at least, and what a page beside the navigation has on a usual screen.
const flexible = 240
const room = 1120

/** Widths in pixels leave the rest to the columns without one; where too little would be left, all share what there is. */
function widthsOf<T>(columns: readonly Column<T>[]): (column: Column<T>) => string | number | undefined {
  const whole = columns.reduce((sum, column) => sum + (column.width ?? flexible), 0)
  if (whole <= room) return (column) => column.width
  return (column) => `${((100 * (column.width ?? flexible)) / whole).toFixed(2)}%`
}

export function Head<T>({ columns, view, all, some, onAll }: HeadProps<T>) {
  const t = useWords(shellMessages)
  const { sort } = view.view
  const widthOf = widthsOf(columns)
  const toggle = (key: string) =>
    view.set({
      sort:
        sort?.key !== key ? { key, descending: false } : sort.descending ? null : { key, descending: true },
    })
  return (
    <thead>
      <tr>
        {onAll ? (
          <th scope="col" className={css.pick} style={{ width: 32 }}>
            <Checkbox
              checked={all ?? false}
              indeterminate={(some ?? false) && !all}
              onChange={onAll}
              aria-label={t.table.selectAll}
            />
          </th>
        ) : null}
        {columns.map((column) => {
          const sorted = sort?.key === column.key
          const width = widthOf(column)
          return (
            <th
              key={column.key}
              scope="col"
              {...(sorted ? { 'aria-sort': sort.descending ? 'descending' : 'ascending' } : {})}
              {...(width === undefined ? {} : { style: { width } })}
            >
              {column.sortable || column.by ? (
                <button
                  type="button"
                  className={css.sorter}
                  title={t.table.sortBy(column.header)}
                  onClick={() => toggle(column.key)}
                >
                  {column.header}
                  {sorted ? <Icon name={sort.descending ? 'down' : 'up'} size={12} /> : null}
                </button>
              ) : (
                column.header
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
