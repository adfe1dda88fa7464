import { Checkbox } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import type { Column } from './column.ts'
import css from './table.module.css'

type RowProps<T> = {
  index: number
  columns: readonly Column<T>[]
  /** Null while it is on its way. */
  row: T | null
  name: string
  to?: string
  onOpen?: () => void
  picked?: boolean
  /** Chooses the row; with `range`, everything from the row that was chosen last. */
  onPick?: (range: boolean) => void
  measure: (element: Element | null) => void
}

/** One row; its first cell is the way in, and a click anywhere else that is not a control takes it too. */
export function Row<T>(props: RowProps<T>) {
  const { index, columns, row, name, to, onOpen, picked, onPick, measure } = props
  const t = useWords(shellMessages)
  const navigate = useNavigate()
  const open = (event: MouseEvent) => {
    if ((event.target as Element).closest('a,button,input,label')) return
    if (to) navigate({ to })
    else onOpen?.()
  }
  return (
    <tr
      ref={measure}
      data-index={index}
      className={css.row}
      aria-rowindex={index + 2}
      data-picked={picked || undefined}
      data-opens={to !== undefined || onOpen !== undefined || undefined}
      onClick={open}
    >
      {onPick ? (
        <td className={css.pick}>
          <Checkbox
            checked={picked ?? false}
            onChange={({ nativeEvent }) => onPick(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
            aria-label={t.table.selectRow(name)}
          />
        </td>
      ) : null}
      {columns.map((column, at) => (
        <td key={column.key} data-label={column.header} data-first={at === 0 || undefined}>
          {row === null ? (
            <span className={css.bone} />
          ) : at === 0 ? (
            <Way to={to} onOpen={onOpen}>
              {column.cell(row)}
            </Way>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}

type WayProps = { to: string | undefined; onOpen: (() => void) | undefined; children: ReactNode }

function Way({ to, onOpen, children }: WayProps) {
  if (to) {
    return (
      <Link to={to} className={css.open ?? ''}>
        {children}
      </Link>
    )
  }
  if (!onOpen) return children
  return (
    <button type="button" className={css.open} onClick={onOpen}>
      {children}
    </button>
  )
}
