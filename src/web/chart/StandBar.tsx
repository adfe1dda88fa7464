import css from './stand.module.css'

export type Share = { key: string; count: number }

/**
 * Counts of states as one bar. Heights and patterns differ, not colours alone. It says nothing by itself: whoever draws
 * it names the counts beside it.
 */
export function StandBar({ shares, large }: { shares: readonly Share[]; large?: boolean }) {
  const seen = shares.filter(({ count }) => count > 0)
  return (
    <span
      className={css.bar}
      data-large={large || undefined}
      data-empty={seen.length === 0 || undefined}
      aria-hidden="true"
    >
      {seen.map(({ key, count }) => (
        <i key={key} data-state={key} style={{ flexGrow: count }} />
      ))}
    </span>
  )
}
