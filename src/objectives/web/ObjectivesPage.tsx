import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useProgrammeNames } from '../../programmes/web/names.ts'
import { useRead } from '../../web/data.ts'
import { useDay } from '../../web/frame/day.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { useListSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { objectiveStates } from '../state.ts'
import { AssignBulk } from './AssignBulk.tsx'
import { ExportChosenObjectives, ImportMenu, ObjectiveExport } from './Exchange.tsx'
import { objectiveMessages } from './messages.ts'
import css from './objectives.module.css'
import type { ObjectiveAnswer } from './shapes.ts'
import { ObjectiveMark, Owner, useValues } from './words.tsx'

const ObjectiveForm = lazy(() => import('./ObjectiveForm.tsx'))
const ImportDrawer = lazy(() => import('../../web/exchange/ImportDrawer.tsx'))

/** The register of objectives: how each stands on the day in view. */
export function ObjectivesPage() {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const names = useProgrammeNames()
  const may = useMayNow()
  const navigate = useNavigate()
  const entity = useEntityScope()
  const { open, show } = useOpen()
  const search = useSearchText()
  const view = useView('objectives', { filters: { running: 'standing' } })
  const read = useRead<{ items: ObjectiveAnswer[] }>('/api/objectives')
  const columns = useColumns()
  const filters = useFilters()
  const source = useListSource(
    { ...read, data: narrowed(read.data, search.text, entity) } as typeof read,
    columns,
    filters,
    view.view,
  )
  const add = may('objective.create') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {t.new}
    </Button>
  ) : null
  return (
    <Page
      title={t.title}
      wide
      lead={t.lead}
      beside={read.data ? <Count>{format.number(source.total)}</Count> : null}
      actions={
        <>
          <SearchField label={t.search} search={search} width={220} />
          <ObjectiveExport count={source.total} />
          <ImportMenu onOpen={show} />
          {add}
        </>
      }
    >
      <RegisterTable
        caption={t.title}
        columns={columns}
        filters={filters}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => format.text(row.name)}
        to={(row) => `/app/objectives/${row.id}`}
        bulk={(rows, clear) => (
          <>
            <ExportChosenObjectives rows={rows} />
            {may('objective.update') ? <AssignBulk rows={rows} clear={clear} /> : null}
          </>
        )}
        empty={
          <Empty title={t.empty} action={add}>
            {t.emptyText}
          </Empty>
        }
      />
      <Suspense fallback={null}>
        {open === 'new' && may('objective.create') && names.ready ? (
          <ObjectiveForm
            one={null}
            names={names}
            onClose={() => show()}
            onSaved={(id) => navigate({ to: '/app/objectives/$id', params: { id } })}
          />
        ) : null}
        {open === 'import' && may('objective.import') ? (
          <ImportDrawer address="/api/objectives" words={t.exchangeObjectives} onClose={() => show()} />
        ) : null}
        {open === 'import-readings' && may('reading.import') ? (
          <ImportDrawer address="/api/readings" words={t.exchange} onClose={() => show()} />
        ) : null}
      </Suspense>
    </Page>
  )
}

/** The objectives whose words hold what is searched for, and that are for the entity in view. */
function narrowed(data: { items: ObjectiveAnswer[] } | undefined, text: string, entity: string | undefined) {
  if (!data) return data
  const wanted = text.toLowerCase()
  const items = data.items.filter(
    (one) =>
      (entity === undefined || one.entityIds.length === 0 || one.entityIds.includes(entity)) &&
      [one.key, one.name.en, one.name.ja, one.measure.name.en, one.measure.name.ja].some((word) =>
        word?.toLowerCase().includes(wanted),
      ),
  )
  return { ...data, items }
}

function useColumns(): Column<ObjectiveAnswer>[] {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const day = useDay()
  return [
    { key: 'name', header: t.name, by: (row) => format.text(row.name), cell: (row) => format.text(row.name) },
    {
      key: 'state',
      header: t.state,
      width: 130,
      by: (row) => objectiveStates.indexOf(row.state),
      cell: (row) => <ObjectiveMark state={row.state} />,
    },
    { key: 'value', header: t.value, width: 190, cell: (row) => <Value one={row} /> },
    { key: 'target', header: t.nextTarget, width: 250, cell: (row) => <Next one={row} /> },
    {
      key: 'due',
      header: t.due,
      width: 200,
      by: (row) => row.readingDue,
      cell: (row) =>
        row.readingDue === null || row.running !== 'standing' ? (
          <span className="quiet">—</span>
        ) : row.readingDue < day ? (
          <span className={css.late}>{t.overdue(format.shortDay(row.readingDue))}</span>
        ) : (
          format.shortDay(row.readingDue)
        ),
    },
    { key: 'owner', header: t.owner, width: 160, cell: (row) => <Owner owner={row.owner} /> },
  ]
}

function Value({ one }: { one: ObjectiveAnswer }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const values = useValues(one)
  return one.value !== null && one.readOn ? (
    t.valueOn(values.value(one.value), format.shortDay(one.readOn))
  ) : (
    <span className="quiet">—</span>
  )
}

function Next({ one }: { one: ObjectiveAnswer }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const values = useValues(one)
  return one.next ? (
    t.targetBy(values.target(one.next), format.shortDay(one.next.by))
  ) : (
    <span className="quiet">{t.noTarget}</span>
  )
}

function useFilters(): Filter<ObjectiveAnswer>[] {
  const t = useWords(objectiveMessages)
  const day = useDay()
  const running = ['standing', 'planned', 'ended'] as const
  return [
    {
      key: 'state',
      label: t.state,
      options: objectiveStates.map((value) => ({ value, label: t.states[value] })),
      of: (row) => row.state,
    },
    {
      key: 'running',
      label: t.period,
      options: running.map((value) => ({ value, label: t.running[value] })),
      of: (row) => row.running,
    },
    {
      key: 'late',
      label: t.due,
      options: [{ value: 'yes', label: t.late }],
      of: (row) => (row.readingDue !== null && row.readingDue < day ? 'yes' : 'no'),
    },
  ]
}
