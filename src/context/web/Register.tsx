import { Button } from '@mantine/core'
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { usePersonFilter } from '../../people/web/usePersonFilter.tsx'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { useRead } from '../../web/data.ts'
import { ExportMenu } from '../../web/exchange/ExportMenu.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import type { Fact } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import type { Kept } from '../kept.ts'
import { Bulk } from './Bulk.tsx'
import css from './context.module.css'
import { Detail } from './Detail.tsx'
import { contextMessages } from './messages.ts'
import { NextReview, Owner, StandingState } from './Review.tsx'
import type { KeptAnswer, Named } from './shapes.ts'

const ImportDrawer = lazy(() => import('../../web/exchange/ImportDrawer.tsx'))

export type Entry = Kept & KeptAnswer & Pick<Named, 'name'>

/** A drawer that writes an entry, or a new one where there is none. */
export type EntryForm<T> = ComponentType<{ one: T | null; names: ProgrammeNames; onClose: () => void }>

type RegisterProps<T extends Entry> = {
  /** The last part of the API's address. */
  list: 'parties' | 'issues' | 'obligations'
  noun: string
  words: { new: string; empty: string; emptyText: string }
  names: ProgrammeNames
  columns: readonly Column<T>[]
  filters: readonly Filter<T>[]
  form: EntryForm<T>
  /** What its drawer shows beside what every entry has. */
  facts: (row: T) => Fact[]
  body: (row: T) => ReactNode
  above?: ReactNode
}

/** A register of the context: one tab of the page, with everything that can be done in it. */
export function Register<T extends Entry>(props: RegisterProps<T>) {
  const { list, noun, words, names, form: Form } = props
  const t = useWords(contextMessages)
  const format = useFormat()
  const may = useMayNow()
  const entity = useEntityScope()
  const { open, show } = useOpen()
  const search = useSearchText()
  const { text } = search
  const address = `/api/${list}`
  const view = useView(list, {
    sort: { key: 'name', descending: false },
    hidden: ['key', 'entities', 'party', 'state'],
  })
  const shown = { ...view.view.filters, entity, text }
  const source = usePagedSource<T>(address, { ...view.query, entity, text })
  const isEntry = open !== undefined && open.length === 36
  const chosen = useRead<T>(`${address}/${open}`, {}, isEntry).data ?? null
  const add = may(`${noun}.create`) ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {words.new}
    </Button>
  ) : null
  return (
    <>
      <div className={css.tools}>
        <SearchField label={t.search} search={search} width={260} />
        <ExportMenu address={address} query={shown} words={t.exchange} count={source.total} />
        {may(`${noun}.import`) ? (
          <Button variant="default" leftSection={<Icon name="upload" />} onClick={() => show('import')}>
            {t.exchange.import}
          </Button>
        ) : null}
        {add}
      </div>
      {props.above}
      <RegisterTable
        caption={t.tabs[list]}
        columns={[...props.columns, ...useKeptColumns<T>(names)]}
        filters={[...props.filters, ...useKeptFilters<T>(view.view.filters.owner)]}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => format.text(row.name)}
        onOpen={(row) => show(row.id)}
        bulk={(rows, clear) => <Bulk list={list} noun={noun} rows={rows} clear={clear} />}
        empty={
          <Empty title={words.empty} action={add}>
            {words.emptyText}
          </Empty>
        }
      />
      {chosen && names.ready ? (
        <Detail
          {...{ address, noun, names, form: Form }}
          one={chosen}
          facts={props.facts(chosen)}
          body={props.body(chosen)}
          onClose={() => show()}
        />
      ) : null}
      <Suspense fallback={null}>
        {open === 'new' && may(`${noun}.create`) && names.ready ? (
          <Form one={null} names={names} onClose={() => show()} />
        ) : null}
        {open === 'import' && may(`${noun}.import`) ? (
          <ImportDrawer
            address={address}
            words={{ ...t.exchange, title: t.exchange.titles[list] }}
            onClose={() => show()}
          />
        ) : null}
      </Suspense>
    </>
  )
}

function useKeptColumns<T extends Entry>(names: ProgrammeNames): Column<T>[] {
  const t = useWords(contextMessages)
  const format = useFormat()
  return [
    {
      key: 'entities',
      header: t.entities,
      width: 190,
      cell: (row) => format.list(row.entityIds.map(names.entity)) || <span className="quiet">{t.all}</span>,
    },
    { key: 'owner', header: t.owner, width: 160, cell: (row) => <Owner owner={row.owner} /> },
    { key: 'review', header: t.review, width: 210, cell: (row) => <NextReview one={row} /> },
    {
      key: 'state',
      header: t.state,
      width: 110,
      cell: (row) => <StandingState standing={row.standing} />,
    },
    { key: 'key', header: t.key, width: 160, sortable: true, cell: (row) => <code>{row.key}</code> },
  ]
}

function useKeptFilters<T extends Entry>(value: string | undefined): Filter<T>[] {
  const t = useWords(contextMessages)
  const others = [{ value: 'none', label: t.filters.ownerNone }]
  const owner = usePersonFilter<T>({ key: 'owner', label: t.owner, value, others })
  return [
    {
      key: 'review',
      label: t.review,
      options: [
        { value: 'overdue', label: t.filters.reviewOverdue },
        { value: 'never', label: t.filters.reviewNever },
      ],
    },
    owner,
    {
      key: 'state',
      label: t.state,
      options: (['planned', 'ended', 'all'] as const).map((value) => ({ value, label: t.states[value] })),
    },
  ]
}
