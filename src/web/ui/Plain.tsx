import type { CSSProperties, ReactNode } from 'react'
import css from './ui.module.css'

// On a phone each row of a table with more columns than fit becomes a card, whose cells name their column.
const mostOnPhone = 3

/** The titles where a stylesheet can reach them: `--column-1` and so on, as texts. */
const columnNames = (head: readonly string[]) =>
  Object.fromEntries(head.map((title, at) => [`--column-${at + 1}`, JSON.stringify(title)])) as CSSProperties

/** A short table without sorting or selection. Its caption is for those who cannot see what stands around it. */
export function Plain({
  caption,
  head,
  cards = head.length > mostOnPhone,
  children,
}: {
  caption: string
  head: readonly string[]
  /** False where the caller lays its rows out on a phone itself. */
  cards?: boolean
  children: ReactNode
}) {
  return (
    // A region that scrolls must be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the comment above says why
    <section className={css.scroll} tabIndex={0} aria-label={caption}>
      <table className={css.plain} data-cards={cards || undefined} style={columnNames(head)}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {head.map((title) =>
              title === '' ? (
                <td key="actions" />
              ) : (
                <th key={title} scope="col">
                  {title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
