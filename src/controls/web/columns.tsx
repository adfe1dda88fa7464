import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column } from '../../web/table/column.ts'
import { State } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { ControlAnswer } from './shapes.ts'
import { Standing, type Standings } from './standing.tsx'

/** Whether a named person has confirmed the words. */
export function Review({ control }: { control: Pick<ControlAnswer, 'review' | 'retiredOn'> }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  if (control.retiredOn !== null)
    return <State tone="none">{t.retiredOn(format.shortDay(control.retiredOn))}</State>
  return control.review === null ? (
    <State tone="unknown">{t.unreviewed}</State>
  ) : (
    <State tone="met">{t.reviewed}</State>
  )
}

/** The columns of the register; keys that sort are those of the API. */
export function useControlColumns(
  domainOf: (row: ControlAnswer) => string,
  standings: Standings | null,
): Column<ControlAnswer>[] {
  const t = useWords(controlMessages)
  const format = useFormat()
  return [
    {
      key: 'code',
      header: t.code,
      width: 96,
      sortable: true,
      cell: (row) => <code className={css.code}>{row.code}</code>,
    },
    { key: 'name', header: t.name, sortable: true, cell: (row) => format.text(row.name) },
    { key: 'domain', header: t.domain, width: 190, cell: domainOf },
    {
      key: 'owner',
      header: t.owner,
      width: 150,
      cell: (row) => (row.owner ? format.text(row.owner.name) : <span className="quiet">{t.nobody}</span>),
    },
    {
      key: 'implementations',
      header: t.implementations,
      width: 90,
      cell: (row) =>
        row.implementations > 0 ? format.number(row.implementations) : <span className="quiet">—</span>,
    },
    {
      key: 'state',
      header: t.state,
      width: 210,
      cell: (row) => (standings ? <Standing states={standings.of(row.id)} /> : null),
    },
    { key: 'review', header: t.words, width: 130, cell: (row) => <Review control={row} /> },
  ]
}
