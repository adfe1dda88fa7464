import { useState } from 'react'
import { useWords } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/format.ts'
import { evidenceMessages } from '../messages.ts'
import css from './preview.module.css'

const mostEntries = 200

/** A JSON text as a tree that opens where the reader looks; the first two levels are open. */
export function JsonTree({ value, name }: { value: unknown; name: string }) {
  const t = useWords(evidenceMessages)
  return (
    <section
      className={css.tree}
      aria-label={t.previewOf(name)}
      // A region that scrolls must be reachable with the keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the comment above says why
      tabIndex={0}
    >
      <Node name={null} value={value} depth={0} />
    </section>
  )
}

type NodeProps = { name: string | null; value: unknown; depth: number }

function Node({ name, value, depth }: NodeProps) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const [open, setOpen] = useState(depth < 2)
  const label = name === null ? null : <span className={css.key}>{name}: </span>
  if (typeof value !== 'object' || value === null) {
    return (
      <div>
        {label}
        <span className={css[value === null ? 'null' : typeof value]}>{JSON.stringify(value)}</span>
      </div>
    )
  }
  const entries = Object.entries(value)
  const shown = entries.slice(0, mostEntries)
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label}
        <span className="quiet">
          {Array.isArray(value) ? '[ ]' : '{ }'} {t.entries(format.number(entries.length))}
        </span>
      </summary>
      {open
        ? shown.map(([key, inner]) => <Node key={key} name={key} value={inner} depth={depth + 1} />)
        : null}
      {open && entries.length > shown.length ? (
        <p className="quiet">{t.moreEntries(format.number(entries.length - shown.length))}</p>
      ) : null}
    </details>
  )
}
