import { Button, Checkbox } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { programmeFormMessages } from '../../programmes/web/messages.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { BulkBar } from '../../web/table/BulkBar.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { usePicked } from '../../web/table/usePicked.ts'
import { State } from '../../web/ui/State.tsx'
import type { Gap } from '../gaps.ts'
import { inclusionReasons, type SoaRow, soaStates } from '../soa-version.ts'
import { soaMessages } from './messages.ts'
import { StatementRow } from './StatementRow.tsx'
import type { Labels } from './shapes.ts'
import css from './soa.module.css'
import { linesOf } from './statement-lines.ts'
import { stateTones } from './tones.ts'

const DecideForm = lazy(() => import('../../programmes/web/DecideForm.tsx'))

type StatementTableProps = {
  programmeId: string
  rows: readonly SoaRow[]
  gaps: readonly Gap[]
  labels: Labels
  /** Whether this reader decides what applies. */
  decides: boolean
}

/** The statement itself: one line for each control, under its theme; one or many can be decided on. */
export function StatementTable({ programmeId, rows, gaps, labels, decides }: StatementTableProps) {
  const t = useWords(soaMessages)
  const words = useWords(programmeFormMessages)
  const format = useFormat()
  const { show }: { show?: string } = useSearch({ strict: false })
  const search = useSearchText()
  const [deciding, setDeciding] = useState<boolean | null>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const lines = linesOf(rows, gaps, labels, { text: search.text, show })
  const shown = lines.filter((line) => line.kind === 'row')
  // What is the organisation's own is in by the risks that need it: there is nothing to decide.
  const references = shown.map(({ row }) => (row.edition === null ? null : row.reference))
  const picked = usePicked(body, references, decides)
  const people = new Map(labels.people.map((one) => [one.id, one.name]))
  return (
    <>
      <div className={css.filters}>
        <SearchField label={t.filter} search={search} width={300} />
        <Chips rows={rows} gaps={gaps} />
      </div>
      {shown.length === 0 ? <p className="quiet">{t.nothing}</p> : null}
      <table className={css.table} data-picks={decides || undefined}>
        <caption className="unseen">{t.title}</caption>
        <thead>
          <tr>
            {decides ? (
              <td className={css.pick}>
                <Checkbox
                  size="xs"
                  aria-label={t.selectAll}
                  checked={picked.isAll}
                  indeterminate={!picked.isAll && picked.ids.size > 0}
                  onChange={picked.toggleAll}
                />
              </td>
            ) : null}
            <th scope="col">{t.control}</th>
            <th scope="col">{t.applies}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.by}</th>
            <th scope="col">{t.owner}</th>
            <th scope="col">{t.risks}</th>
            <th scope="col" className={css.number}>
              {t.evidence}
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {lines.map((line) =>
            line.kind === 'group' ? (
              <tr key={`group ${line.id}`} className={css.group}>
                {decides ? <td /> : null}
                <th scope="rowgroup" colSpan={7}>
                  {line.id === 'own' ? (
                    t.own
                  ) : (
                    <>
                      <code>{line.id}</code> {format.text(line.title)}
                    </>
                  )}
                </th>
              </tr>
            ) : (
              <StatementRow
                key={line.row.reference}
                line={line}
                programmeId={programmeId}
                people={people}
                decides={decides}
                picked={picked.ids.has(line.row.reference)}
                onPick={picked.pick}
              />
            ),
          )}
        </tbody>
      </table>
      {decides && picked.ids.size > 0 ? (
        <BulkBar count={picked.ids.size} onClear={picked.clear}>
          <Button size="compact-sm" variant="default" onClick={() => setDeciding(true)}>
            {words.apply}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDeciding(false)}>
            {words.exclude}
          </Button>
        </BulkBar>
      ) : null}
      {deciding === null ? null : (
        <Suspense fallback={null}>
          <DecideForm
            programmeId={programmeId}
            requirements={[...picked.ids]}
            applicable={deciding}
            onClose={() => setDeciding(null)}
            onDecided={picked.clear}
          />
        </Suspense>
      )}
      <p className={css.hint}>
        {t.shown(format.number(shown.length), format.number(rows.length))} {t.keys}
      </p>
    </>
  )
}

/** What the table can be narrowed to, each with its count; what has none is not offered. */
function Chips({ rows, gaps }: { rows: readonly SoaRow[]; gaps: readonly Gap[] }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const { show }: { show?: string } = useSearch({ strict: false })
  const narrow = (next: string) =>
    navigate({
      to: '.',
      replace: true,
      search: (before: object) => ({ ...before, show: show === next ? undefined : next }),
    })
  const chip = (key: string, count: number, label: React.ReactNode) =>
    count === 0 && show !== key ? null : (
      <button key={key} type="button" aria-pressed={show === key} onClick={() => narrow(key)}>
        {label}
        <span className="tabular">{format.number(count)}</span>
      </button>
    )
  const count = (test: (row: SoaRow) => boolean) => rows.filter(test).length
  return (
    <span className={css.chips}>
      {chip(
        'gaps',
        new Set(gaps.map((gap) => gap.reference)).size,
        <State tone="failing" icon="warning">
          {t.gaps}
        </State>,
      )}
      {soaStates.map((state) =>
        chip(
          state,
          count((row) => row.state === state),
          <State tone={stateTones[state]}>{t.states[state]}</State>,
        ),
      )}
      {chip(
        'excluded',
        count((row) => !row.applicable),
        <State tone="none">{t.excluded}</State>,
      )}
      {inclusionReasons.map((reason) =>
        chip(
          `why-${reason}`,
          count((row) => row.reasons.includes(reason)),
          t.reasons[reason],
        ),
      )}
    </span>
  )
}
