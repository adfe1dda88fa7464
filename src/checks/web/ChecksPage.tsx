import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { usePersonFilter } from '../../people/web/usePersonFilter.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { checkMessages } from './messages.ts'
import { useCheckNames } from './names.ts'
import { OutcomeCounts } from './Outcome.tsx'
import { Owner } from './Owner.tsx'
import { useSchedule } from './schedule-words.ts'
import type { CheckAnswer } from './shapes.ts'

const AdoptDrawer = lazy(() => import('./AdoptDrawer.tsx'))
const CheckForm = lazy(() => import('./CheckForm.tsx'))

/** The register of automated tests, with where each stands. */
export function ChecksPage() {
  const t = useWords(checkMessages)
  const format = useFormat()
  const names = useCheckNames()
  const may = useMayNow()
  const navigate = useNavigate()
  const { open, show } = useOpen()
  const search = useSearchText()
  const { text } = search
  const view = useView('checks', { sort: { key: 'key', descending: false }, hidden: ['kind', 'schedule'] })
  const source = usePagedSource<CheckAnswer>('/api/checks', { ...view.query, text })
  const add = may('check.create') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {t.add}
    </Button>
  ) : null
  return (
    <Page
      title={t.title}
      wide
      beside={source.loading ? null : <Count>{format.number(source.total)}</Count>}
      actions={
        <>
          <SearchField label={t.search} search={search} width={260} />
          {may('check.adopt') ? (
            <Button variant="default" leftSection={<Icon name="download" />} onClick={() => show('adopt')}>
              {t.adopt}
            </Button>
          ) : null}
          {add}
        </>
      }
    >
      <RegisterTable
        caption={t.title}
        columns={useColumns(names.control)}
        filters={useFilters(view.view.filters.owner)}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => format.text(row.name)}
        to={(row) => `/app/checks/${row.id}`}
        empty={
          <Empty title={t.emptyTitle} action={add}>
            {t.emptyText}
          </Empty>
        }
      />
      {open === 'adopt' && may('check.adopt') ? (
        <Suspense fallback={null}>
          <AdoptDrawer onClose={() => show()} />
        </Suspense>
      ) : null}
      {open === 'new' && may('check.create') ? (
        <Suspense fallback={null}>
          <CheckForm
            check={null}
            names={names}
            onClose={() => show()}
            onSaved={(id) => navigate({ to: '/app/checks/$id', params: { id } })}
          />
        </Suspense>
      ) : null}
    </Page>
  )
}

function useColumns(control: (id: string) => string): Column<CheckAnswer>[] {
  const t = useWords(checkMessages)
  const format = useFormat()
  const schedule = useSchedule()
  return [
    { key: 'name', header: t.name, cell: (row) => format.text(row.name) },
    { key: 'key', header: t.key, width: 150, sortable: true, cell: (row) => <code>{row.key}</code> },
    { key: 'results', header: t.latest, width: 310, cell: (row) => <OutcomeCounts counts={row.counts} /> },
    {
      key: 'severity',
      header: t.severity,
      width: 100,
      sortable: true,
      cell: (row) => t.severities[row.severity],
    },
    { key: 'control', header: t.control, width: 200, cell: (row) => control(row.controlId) || '—' },
    { key: 'owner', header: t.owner, width: 150, cell: (row) => <Owner check={row} /> },
    { key: 'schedule', header: t.schedule, width: 130, cell: schedule },
    { key: 'kind', header: t.kind, width: 130, cell: (row) => <code>{row.dataKind}</code> },
  ]
}

function useFilters(value: string | undefined): Filter<CheckAnswer>[] {
  const t = useWords(checkMessages)
  const others = [{ value: 'none', label: t.nobody }]
  const owner = usePersonFilter<CheckAnswer>({ key: 'owner', label: t.owner, value, others })
  return [
    {
      key: 'severity',
      label: t.severity,
      options: Object.entries(t.severities).map(([value, label]) => ({ value, label })),
    },
    owner,
    { key: 'handover', label: t.handover, options: [{ value: 'yes', label: t.handoverYes }] },
    { key: 'ended', label: t.ended, options: [{ value: 'yes', label: t.endedYes }] },
  ]
}
