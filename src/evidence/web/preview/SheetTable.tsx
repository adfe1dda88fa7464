import { useWords } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/format.ts'
import { evidenceMessages } from '../messages.ts'
import type { Table } from './csv.ts'
import css from './preview.module.css'

/** Rows under their heads, as far as a screen holds them. */
export function SheetTable({ table, name }: { table: Table; name: string }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  return (
    <>
      <section
        className={css.sheet}
        aria-label={t.previewOf(name)}
        // A region that scrolls must be reachable with the keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the comment above says why
        tabIndex={0}
      >
        <table>
          <caption className="unseen">{t.previewOf(name)}</caption>
          <thead>
            <tr>
              {table.head.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have nothing but their place
                <th key={at} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing but their place
              <tr key={at}>
                {table.head.map((_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have nothing but their place
                  <td key={column}>{row[column] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {table.cut ? <p className={css.note}>{t.rowsCut(format.number(table.rows.length))}</p> : null}
    </>
  )
}
