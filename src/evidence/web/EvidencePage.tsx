import { Button, Select } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useRead } from '../../web/data.ts'
import { ExportMenu } from '../../web/exchange/ExportMenu.tsx'
import { useMay, useMayNow } from '../../web/frame/me.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { useEvidenceColumns } from './columns.tsx'
import { useDay } from './day.ts'
import { EvidenceBulk } from './EvidenceBulk.tsx'
import { exchangeMessages } from './exchange-messages.ts'
import { evidenceMessages } from './messages.ts'
import { type Names, useNames } from './names.ts'
import type { EvidenceAnswer } from './shapes.ts'

const AddDrawer = lazy(() => import('./AddDrawer.tsx'))
const ImportDrawer = lazy(() => import('../../web/exchange/ImportDrawer.tsx'))

type Search = { open?: string | undefined; implementation?: string; state?: string; mine?: string }

/** The library: everything that shows how something was, for all controls and entities. */
export function EvidencePage() {
  const t = useWords(evidenceMessages)
  const exchange = useWords(exchangeMessages)
  const format = useFormat()
  const names = useNames()
  const may = useMayNow()
  const navigate = useNavigate()
  const entity = useEntityScope()
  const day = useDay()
  const { open, implementation, state, mine }: Search = useSearch({ strict: false })
  const search = useSearchText()
  const { text } = search
  const view = useView('evidence', {
    sort: { key: 'about', descending: true },
    filters: {
      ...(state ? { state } : {}),
      ...(mine ? { mine } : {}),
      ...(implementation ? { implementation } : {}),
    },
    hidden: ['source', 'collected', 'reviewer'],
  })
  const shown = { ...view.view.filters, entity, text }
  const source = usePagedSource<EvidenceAnswer>('/api/evidence', { ...view.query, entity, text })
  const columns = useEvidenceColumns(names, day)
  const go = (next: Search) => navigate({ to: '.', search: (before: object) => ({ ...before, ...next }) })
  const add = may('evidence.add') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => go({ open: 'new' })}>
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
          <SearchField label={t.search} search={search} width={250} />
          <ControlFilter
            names={names}
            value={view.view.filters.implementation || null}
            onChange={(next) => view.set({ filters: { ...view.view.filters, implementation: next } })}
          />
          <ExportMenu address="/api/evidence" query={shown} words={exchange} count={source.total} />
          {may('evidence.import') ? (
            <Button
              variant="default"
              leftSection={<Icon name="upload" />}
              onClick={() => go({ open: 'import' })}
            >
              {exchange.import}
            </Button>
          ) : null}
          {may('evidence.review') ? <ReviewLink /> : null}
          {add}
        </>
      }
    >
      <RegisterTable
        caption={t.title}
        columns={columns}
        filters={useFilters()}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => row.title}
        to={(row) => `/app/evidence/${row.id}`}
        narrowed={text !== '' || Boolean(entity)}
        bulk={(rows, clear) => <EvidenceBulk rows={rows} clear={clear} />}
        empty={
          <Empty title={t.emptyTitle} action={add}>
            {t.emptyText}
          </Empty>
        }
      />
      {open === 'new' && may('evidence.add') ? (
        <Suspense fallback={null}>
          <AddDrawer names={names} onClose={() => go({ open: undefined })} />
        </Suspense>
      ) : null}
      {open === 'import' && may('evidence.import') ? (
        <Suspense fallback={null}>
          <ImportDrawer address="/api/evidence" words={exchange} onClose={() => go({ open: undefined })} />
        </Suspense>
      ) : null}
    </Page>
  )
}

// The words are the list: the record's own would bring the library that checks records into the page.
const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

function useFilters(): Filter<EvidenceAnswer>[] {
  const t = useWords(evidenceMessages)
  const may = useMayNow()
  const kinds = useDataKinds()
  return [
    ...(may('evidence.review')
      ? [{ key: 'mine', label: t.mine, options: [{ value: 'yes', label: t.mineYes }] }]
      : []),
    {
      key: 'state',
      label: t.state,
      options: optionsOf(t.states),
    },
    { key: 'source', label: t.source, options: optionsOf(t.sources) },
    {
      key: 'data',
      label: t.dataKind,
      options: [{ value: 'any', label: t.dataAny }, ...kinds.map((value) => ({ value, label: value }))],
    },
    {
      key: 'replaced',
      label: t.replaced,
      options: [
        { value: 'no', label: t.replacedNo },
        { value: 'yes', label: t.replacedYes },
      ],
    },
    { key: 'held', label: t.held, options: [{ value: 'yes', label: t.heldYes }] },
  ]
}

/** The kinds of data that the shipped checks read. */
function useDataKinds(): string[] {
  const may = useMay()
  const read = useRead<{ items: { dataKind: string }[] }>('/api/checks/library', {}, may('check.read'))
  return [...new Set(read.data?.items.map((one) => one.dataKind))].sort()
}

type ControlFilterProps = {
  names: Names
  value: string | null
  onChange: (value: string) => void
}

function ControlFilter({ names, value, onChange }: ControlFilterProps) {
  const t = useWords(evidenceMessages)
  const options = names.implementations
    .map(({ id }) => ({ value: id, label: names.implementation(id) }))
    .filter(({ label }) => label !== '')
    .sort((a, b) => (a.label < b.label ? -1 : 1))
  if (options.length === 0) return null
  return (
    <Select
      aria-label={t.control}
      placeholder={t.allControls}
      w={220}
      searchable
      clearable
      limit={80}
      data={options}
      value={value}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}

/** How much awaits review, one click from where it is judged. */
function ReviewLink() {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const entity = useEntityScope()
  const waiting = useRead<{ total: number }>('/api/evidence', { state: 'awaiting', entity, limit: 1 }).data
    ?.total
  return (
    <Button
      variant="default"
      leftSection={<Icon name="check" />}
      renderRoot={(props) => <Link to="/app/evidence/review" {...props} />}
    >
      {waiting ? t.reviewCount(format.number(waiting)) : t.review}
    </Button>
  )
}
