import { Button } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
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

// Rows that are on the page at the same time, of however many the file has.
const perPage = 100

/** RFC 6901 section 4. */
const columnOf = (pointer: string) => pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')

type ImportRowsProps = { answer: ImportAnswer; words: ImportWords }

/** What becomes of each row: those with errors first, because they have to be dealt with. */
export function ImportRows({ answer, words }: ImportRowsProps) {
  const t = useWords(importMessages)
  const [fate, setFate] = useState<ImportFate | null>(null)
  const rows = useMemo(
    () =>
      importFates
        .filter((one) => fate === null || one === fate)
        .flatMap((one) => answer.rows.filter((row) => row.fate === one)),
    [answer, fate],
  )
  return (
    <>
      <FateChoice counts={answer.counts} all={answer.rows.length} fate={fate} onChoose={setFate} />
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
      <Pages key={fate} rows={rows} words={words} />
    </>
  )
}

type FateChoiceProps = {
  counts: ImportAnswer['counts']
  all: number
  fate: ImportFate | null
  onChoose: (fate: ImportFate | null) => void
}

/** How many rows have which fate; each count shows its rows alone. */
function FateChoice({ counts, all, fate, onChoose }: FateChoiceProps) {
  const t = useWords(importMessages)
  const format = useFormat()
  const present = importFates.filter((one) => counts[one] > 0)
  return (
    <fieldset className={css.counts}>
      <legend className="unseen">{t.show}</legend>
      {present.length > 1 ? (
        <button type="button" aria-pressed={fate === null} onClick={() => onChoose(null)}>
          {t.all(format.number(all))}
        </button>
      ) : null}
      {present.map((one) => (
        <button key={one} type="button" aria-pressed={fate === one} onClick={() => onChoose(one)}>
          <State tone={tones[one]}>{t.fateCount(t.fates[one], format.number(counts[one]))}</State>
        </button>
      ))}
    </fieldset>
  )
}

function Pages({ rows, words }: { rows: readonly ImportRow[]; words: ImportWords }) {
  const t = useWords(importMessages)
  const [page, setPage] = useState(0)
  const top = useRef<HTMLDivElement>(null)
  const pages = Math.max(1, Math.ceil(rows.length / perPage))
  const turn = (to: number) => {
    setPage(to)
    top.current?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div className={css.rows} ref={top}>
      {pages > 1 ? <Pager page={page} pages={pages} count={rows.length} onTurn={turn} /> : null}
      <Plain caption={t.rows} head={[t.row, words.key, t.fate, t.details]} cards={false}>
        {rows.slice(page * perPage, (page + 1) * perPage).map((row) => (
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
  )
}

type PagerProps = { page: number; pages: number; count: number; onTurn: (page: number) => void }

function Pager({ page, pages, count, onTurn }: PagerProps) {
  const t = useWords(importMessages)
  const format = useFormat()
  const way = (label: string, sign: string, to: number, possible: boolean) => (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={label}
      title={label}
      aria-disabled={!possible}
      {...(possible ? {} : { 'data-disabled': true })}
      onClick={() => possible && onTurn(to)}
    >
      {sign}
    </Button>
  )
  const from = page * perPage + 1
  const to = Math.min(count, from + perPage - 1)
  return (
    <nav className={css.pager} aria-label={t.pages}>
      {way(t.first, '«', 0, page > 0)}
      {way(t.before, '‹', page - 1, page > 0)}
      <span className="tabular" role="status">
        {t.page(format.number(from), format.number(to), format.number(count))}
      </span>
      {way(t.after, '›', page + 1, page < pages - 1)}
      {way(t.last, '»', pages - 1, page < pages - 1)}
    </nav>
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
