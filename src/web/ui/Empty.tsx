import type { ReactNode } from 'react'
import css from './ui.module.css'

/** An empty place teaches: one sentence, and the next action. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={css.empty}>
      <div>
        <strong>{title}</strong>
        <p>{children}</p>
      </div>
      {action}
    </div>
  )
}

const widths = ['42%', '88%', '73%', '81%', '64%']

/** The shape of what is coming, shown only when it takes longer than 300 ms. */
export function Bones({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <div className={css.bones} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bones are alike and never move
        <span key={row} style={{ width: widths[row % widths.length] }} />
      ))}
    </div>
  )
}
