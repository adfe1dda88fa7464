import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { useListSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { EditionState } from './EditionStatus.tsx'
import css from './frameworks.module.css'
import { libraryMessages } from './library-messages.ts'
import { frameworkMessages } from './messages.ts'
import { partialDay } from './partial-day.ts'
import type { EditionSummary, Hit } from './shapes.ts'

/** The shipped editions with their life cycle, and a search over all of their requirements. */
export function FrameworksPage() {
  const t = useWords(frameworkMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const { q: asked }: { q?: string } = useSearch({ strict: false })
  const search = useSearchText(asked)
  const { text: q } = search
  const read = useRead<{ items: EditionSummary[] }>('/api/frameworks')
  return (
    <Page
      title={t.title}
      beside={read.data ? <Count>{format.number(read.data.items.length)}</Count> : null}
      lead={t.lead}
    >
      <SearchField
        className={css.search}
        label={t.search}
        search={search}
        onBlur={() =>
          navigate({ to: '.', search: (before: object) => ({ ...before, q: q || undefined }), replace: true })
        }
      />
      {q ? null : <LibraryDoor />}
      {q ? <Hits q={q} /> : <Editions read={read} />}
    </Page>
  )
}

function LibraryDoor() {
  const t = useWords(libraryMessages)
  return (
    <Link className={css.door ?? ''} to="/app/frameworks/common-controls">
      <Icon name="seal" />
      <span>
        <b>{t.open}</b>
        <span>{t.openHint}</span>
      </span>
      <Icon name="chevron" />
    </Link>
  )
}

function Hits({ q }: { q: string }) {
  const t = useWords(frameworkMessages)
  const format = useFormat()
  const read = useRead<{ items: Hit[] }>('/api/frameworks/search', { q })
  return (
    <Loaded read={read}>
      {({ items }) => (
        <>
          <p className="quiet" role="status">
            {items.length === 0 ? t.nothing : t.results(format.number(items.length))}
          </p>
          <ul className={css.hits}>
            {items.map((hit) => (
              <li key={`${hit.editionKey} ${hit.id}`}>
                <Link
                  className={css.hit ?? ''}
                  to="/app/frameworks/$key"
                  params={{ key: hit.editionKey }}
                  hash={hit.id}
                >
                  <code>{hit.id}</code>
                  <span>{hit.titles[format.language]}</span>
                  <span className="quiet">{hit.editionKey}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  )
}

const mainModes = ['requirements', 'controls', 'criteria', 'principal-requirements', 'clause-requirements']

function Editions({ read }: { read: Parameters<typeof useListSource<EditionSummary>>[0] }) {
  const t = useWords(frameworkMessages)
  const format = useFormat()
  const view = useView('frameworks')
  const columns: Column<EditionSummary>[] = [
    { key: 'name', header: t.edition, cell: (row) => row.name[format.language], by: (row) => row.name.en },
    {
      key: 'status',
      header: t.status,
      width: 140,
      cell: (row) => <EditionState status={row.status} />,
      by: (row) => row.status,
    },
    {
      key: 'publisher',
      header: t.publisher,
      width: 150,
      cell: (row) => row.publisher,
      by: (row) => row.publisher,
    },
    {
      key: 'published',
      header: t.published,
      width: 150,
      cell: (row) => partialDay(row.lifecycle.published, format),
      by: (row) => row.lifecycle.published,
    },
    {
      key: 'count',
      header: t.counts,
      width: 250,
      cell: (row) => {
        const main = mainModes.flatMap((mode) => row.counts.filter((one) => one.mode === mode))[0]
        return main ? `${format.number(main.count)} ${t.modes[main.mode]}` : '—'
      },
    },
    {
      key: 'text',
      header: t.withText,
      width: 160,
      cell: (row) =>
        row.overlays.length > 0 ? (
          <State tone="met">{row.overlays.map((one) => one.language).join(', ')}</State>
        ) : (
          '—'
        ),
    },
  ]
  const filters: Filter<EditionSummary>[] = [
    {
      key: 'status',
      label: t.status,
      options: (['current', 'transitional', 'superseded', 'withdrawn', 'announced'] as const).map(
        (value) => ({
          value,
          label: t.statuses[value],
        }),
      ),
      of: (row) => row.status,
    },
  ]
  return (
    <RegisterTable
      caption={t.title}
      columns={columns}
      filters={filters}
      source={useListSource(read, columns, filters, view.view)}
      view={view}
      idOf={(row) => row.key}
      nameOf={(row) => row.name[format.language]}
      to={(row) => `/app/frameworks/${row.key}`}
      empty={null}
    />
  )
}
