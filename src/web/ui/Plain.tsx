import type { ReactNode } from 'react'
import css from './ui.module.css'

/** A short table without sorting or selection. Its caption is for those who cannot see what stands around it. */
export function Plain({
  caption,
  head,
  children,
}: {
  caption: string
  head: readonly string[]
  children: ReactNode
}) {
  return (
    // A region that scrolls must be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the comment above says why
    <section className={css.scroll} tabIndex={0} aria-label={caption}>
      <table className={css.plain}>
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
