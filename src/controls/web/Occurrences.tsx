import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import type { OccurrenceState } from '../occurrence-state.ts'
import { controlMessages } from './messages.ts'
import type { Places } from './names.ts'
import { OccurrenceMark } from './OccurrenceMark.tsx'
import type { ControlRecord, OccurrenceAnswer } from './shapes.ts'

const OccurrenceDrawer = lazy(() => import('./OccurrenceDrawer.tsx'))

const states: readonly OccurrenceState[] = [
  'open',
  'missed',
  'failed',
  'late',
  'on-time',
  'planned',
  'cancelled',
]

/** Every time that the control was or is to be carried out, the newest first. */
export function Occurrences({ control, places }: { control: ControlRecord; places: Places }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const { occurrence }: { occurrence?: string } = useSearch({ strict: false })
  const view = useView('occurrences', { sort: { key: 'due', descending: true } })
  const { sort: _, ...query } = view.query
  const source = usePagedSource<OccurrenceAnswer>('/api/occurrences', {
    ...query,
    order: view.view.sort?.descending ? 'desc' : 'asc',
    control: control.id,
  })
  const show = (id?: string) =>
    navigate({ to: '.', search: (before: object) => ({ ...before, occurrence: id }) })
  const columns: Column<OccurrenceAnswer>[] = [
    {
      key: 'period',
      header: t.occurrences.period,
      width: 220,
      cell: (row) =>
        row.trigger === null
          ? `${format.shortDay(row.periodFrom)} – ${format.shortDay(row.periodTo)}`
          : `${format.shortDay(row.periodFrom)} · ${row.trigger}`,
    },
    { key: 'place', header: t.occurrences.place, cell: (row) => places.place(row) },
    { key: 'state', header: t.occurrences.state, width: 220, cell: (row) => <OccurrenceMark one={row} /> },
    {
      key: 'due',
      header: t.occurrences.due,
      width: 120,
      sortable: true,
      cell: (row) => format.shortDay(row.dueBy),
    },
    {
      key: 'attempts',
      header: t.occurrences.attempts,
      width: 150,
      cell: (row) => {
        const last = row.attempts.at(-1)
        return last ? format.shortDay(last.on) : <span className="quiet">{row.missed?.reason ?? '—'}</span>
      },
    },
    {
      key: 'owner',
      header: t.occurrences.owner,
      width: 150,
      cell: (row) => format.text(row.owner?.name) || '—',
    },
  ]
  return (
    <>
      <RegisterTable
        caption={t.occurrences.caption}
        columns={columns}
        filters={[
          {
            key: 'state',
            label: t.occurrences.state,
            options: states.map((value) => ({ value, label: t.occurrenceStates[value] })),
          },
        ]}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => format.shortDay(row.dueBy)}
        onOpen={(row) => show(row.id)}
        empty={<Empty title={t.occurrences.empty}>{t.occurrences.emptyText}</Empty>}
      />
      <Suspense fallback={null}>
        {occurrence ? <OccurrenceDrawer id={occurrence} places={places} onClose={() => show()} /> : null}
      </Suspense>
    </>
  )
}
