import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { Plain } from '../ui/Plain.tsx'
import { State, type Tone } from '../ui/State.tsx'
import css from './exchange.module.css'
import { type ImportAnswer, type ImportFate, type ImportRow, importFates } from './import-file.ts'
import { importMessages } from './messages.ts'
import type { ImportWords } from './words.ts'

const tones: Record<ImportFate, Tone> = {
  error: 'failing',
  create: 'met',
  update: 'accent',
  unchanged: 'none',
}

// Enough to judge a file by; ten thousand rows would only make the page slow.
const mostShown = 300

/** RFC 6901 section 4. */
const columnOf = (pointer: string) => pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')

/** What becomes of each row: those with errors first, because they have to be dealt with. */
export function ImportRows({ answer, words }: { answer: ImportAnswer; words: ImportWords }) {
  const t = useWords(importMessages)
  const format = useFormat()
  const rows = importFates.flatMap((fate) => answer.rows.filter((row) => row.fate === fate))
  const hidden = rows.length - mostShown
  return (
    <>
      <div className={css.counts}>
        {importFates
          .filter((fate) => answer.counts[fate] > 0)
          .map((fate) => (
            <State key={fate} tone={tones[fate]}>
              {t.fateCount(t.fates[fate], format.number(answer.counts[fate]))}
            </State>
          ))}
      </div>
      {answer.notes.map((note) => (
        <Notice key={`${note.pointer} ${note.code}`} tone="unknown" calm>
          {note.detail}
        </Notice>
      ))}
      {answer.unknownColumns.length > 0 ? (
        <Notice tone="partial" calm>
          {t.unknown(answer.unknownColumns.join(', '))}
        </Notice>
      ) : null}
      <div className={css.rows}>
        <Plain caption={t.rows} head={[t.row, words.key, t.fate, t.details]} cards={false}>
          {rows.slice(0, mostShown).map((row) => (
            <tr key={row.row}>
              <td className="tabular">{row.row}</td>
              <td>
                <code className={css.key}>{row.key || '—'}</code>
              </td>
              <td>
                <State tone={tones[row.fate]}>{t.fates[row.fate]}</State>
              </td>
              <td className={css.details}>
                <Details row={row} parts={words.parts} />
              </td>
            </tr>
          ))}
        </Plain>
      </div>
      {hidden > 0 ? <p className="quiet">{t.more(format.number(hidden))}</p> : null}
    </>
  )
}

function Details({ row, parts }: { row: ImportRow; parts: ImportWords['parts'] }) {
  if (row.problems.length > 0) {
    return (
      <ul>
        {row.problems.map(({ pointer, code, detail }) => (
          <li key={`${pointer} ${code} ${detail}`}>
            {pointer ? <code>{columnOf(pointer)}</code> : null} {detail}
          </li>
        ))}
      </ul>
    )
  }
  return row.fate === 'update' ? row.changes.map((part) => parts[part] ?? part).join(', ') : null
}
