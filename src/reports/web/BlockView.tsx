import { Pairs } from '../../web/ui/Facts.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import type { Tone as StateTone } from '../../web/ui/State.tsx'
import type { Block, Cell, TableBlock, Tone } from '../report.ts'
import css from './reports.module.css'

const tones: Record<Tone, StateTone> = {
  good: 'met',
  partial: 'partial',
  bad: 'failing',
  unknown: 'unknown',
}

// A day or a code is one word, though it has hyphens where a narrow cell would break it.
const wholes = /(\b\d{4}-\d{2}-\d{2}\b|\b[A-Z]{1,4}-\d{1,4}\b)/

/** Lines of a text, each on its own. */
const Lines = ({ text }: { text: string }) => (
  <span className={css.lines}>
    {text.split(wholes).map((part, at) =>
      at % 2 === 0 ? (
        part
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have an order and nothing else
        <span key={at} className={css.whole}>
          {part}
        </span>
      ),
    )}
  </span>
)

/** One block of a report on the screen. */
export function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>
    case 'text':
      return (
        <p className={css.text}>
          <Lines text={block.text} />
        </p>
      )
    case 'facts':
      return <Pairs facts={block.items} />
    case 'note':
      return (
        <Notice calm tone={tones[block.tone]}>
          <Lines text={block.text} />
        </Notice>
      )
    case 'page':
      return <hr />
    case 'figure':
      return (
        <figure className={css.figure}>
          {/* A picture of its own document: nothing in it can reach this page. */}
          <img
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(block.svg)}`}
            alt={block.alt}
            style={{ width: `${block.widthShare * 100}%` }}
          />
          <figcaption>{block.caption}</figcaption>
        </figure>
      )
    case 'table':
      return <ReportTable table={block} />
  }
}

const shown = (cell: Cell) =>
  cell === null ? <span className="quiet">–</span> : <Lines text={String(cell)} />

function ReportTable({ table }: { table: TableBlock }) {
  if (table.rows.length === 0)
    return (
      <section>
        {table.title ? <h3>{table.title}</h3> : null}
        <p className="quiet">{table.empty}</p>
      </section>
    )
  return (
    // A wide table is moved sideways by keys too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable (WCAG 2.1.1)
    <section className={css.scroll} tabIndex={0} aria-label={table.title || table.key}>
      <table className={css.table}>
        <caption>{table.title}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report have an order and nothing else
            <tr key={index}>
              {row.map((cell, place) => (
                <td key={table.columns[place]?.key ?? place} data-align={table.columns[place]?.align}>
                  {shown(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
