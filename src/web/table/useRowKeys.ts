import { type RefObject, useEffect, useRef } from 'react'
import { isTyping } from '../frame/shortcuts.ts'

type RowKeys = { select: (index: number, range: boolean) => void }

/**
 * j and k move the focus through the rows, x selects, Shift+x selects from the row selected last, b goes to what can be
 * done with the selected rows; Enter follows the focused row's own link.
 */
export function useRowKeys(
  body: RefObject<HTMLTableSectionElement | null>,
  count: number,
  reveal: (index: number) => void,
  { select }: RowKeys,
): void {
  const latest = useRef({ count, reveal, select })
  latest.current = { count, reveal, select }
  useEffect(() => {
    const active = () => {
      const row = document.activeElement?.closest('tr[data-index]')
      return row && body.current?.contains(row) ? Number(row.getAttribute('data-index')) : -1
    }
    const focus = (index: number) => {
      latest.current.reveal(index)
      requestAnimationFrame(() => {
        const row = body.current?.querySelector(`tr[data-index="${index}"]`)
        // The row's own link before its checkbox: Enter follows it, and x selects all the same.
        const own = row?.querySelector<HTMLElement>('td[data-first] a, td[data-first] button')
        const target = own ?? row?.querySelector<HTMLElement>('input')
        target?.focus()
      })
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const inRow = active() >= 0
      if (!inRow && isTyping(event.target)) return
      const at = active()
      if (event.key === 'j') focus(Math.min(at + 1, latest.current.count - 1))
      if (event.key === 'k' && at > 0) focus(at - 1)
      if (event.key.toLowerCase() === 'x' && at >= 0) latest.current.select(at, event.shiftKey)
      if (event.key === 'b') document.querySelector<HTMLElement>('[data-bulk] button')?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [body])
}
