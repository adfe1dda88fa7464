import { Button, Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { LibraryAnswer } from '../../frameworks/web/shapes.ts'
import { useRead } from '../../web/data.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
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
import { ControlBulk } from './ControlBulk.tsx'
import { useControlColumns } from './columns.tsx'
import { ControlExportMenu } from './ExportMenu.tsx'
import { exchangeMessages } from './exchange-messages.ts'
import { controlMessages } from './messages.ts'
import { usePlaces } from './names.ts'
import type { ControlAnswer } from './shapes.ts'
import { useStandings } from './standing.tsx'

// The forms are larger than the register, and most visits never open them.
const AdoptDialog = lazy(() => import('./AdoptDialog.tsx'))
const ControlForm = lazy(() => import('./ControlForm.tsx'))
const ImportDrawer = lazy(() => import('../../web/exchange/ImportDrawer.tsx'))

type Open = 'adopt' | 'new' | 'import' | 'import-implementations'

/** Whether an entity is another one or stands below it. */
function useIsBelow(): (entityId: string, top: string) => boolean {
  const { entities } = usePlaces()
  const parents = new Map(entities.map((one) => [one.id, one.parentId]))
  return (entityId, top) => {
    for (let at: string | null | undefined = entityId; at; at = parents.get(at)) if (at === top) return true
    return false
  }
}

/** The register of controls: what the organisation means to achieve. */
export function ControlsPage() {
  const t = useWords(controlMessages)
  const exchange = useWords(exchangeMessages)
  const format = useFormat()
  const may = useMayNow()
  const navigate = useNavigate()
  const { open, show } = useOpen<Open>()
  const search = useSearchText()
  const { text } = search
  const view = useView('controls', { sort: { key: 'code', descending: false } })
  const entity = useEntityScope()
  const shown = { ...view.view.filters, entity, text }
  const source = usePagedSource<ControlAnswer>('/api/controls', { ...view.query, entity, text })
  const domains = useRead<LibraryAnswer>('/api/library').data?.domains ?? []
  const titleOf = (row: ControlAnswer) =>
    domains.find((one) => one.id === row.libraryId?.slice(0, 3))?.title[format.language] ?? t.ownDomain
  const columns = useControlColumns(titleOf, useStandings(useIsBelow()))
  const adopt = may('control.adopt') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('adopt')}>
      {t.adopt}
    </Button>
  ) : null
  const filters: Filter<ControlAnswer>[] = [
    {
      key: 'domain',
      label: t.domain,
      options: [
        ...domains.map((one) => ({ value: one.id, label: one.title[format.language] })),
        { value: 'own', label: t.ownDomain },
      ],
    },
    {
      key: 'unreviewed',
      label: t.filters.unreviewed,
      options: [
        { value: 'yes', label: t.filters.yes },
        { value: 'no', label: t.filters.no },
      ],
    },
    { key: 'retired', label: t.filters.retired, options: [{ value: 'yes', label: t.filters.showRetired }] },
  ]
  const importWords = (kind: 'controls' | 'implementations') => ({
    ...exchange,
    title: exchange.titles[kind],
    lead: exchange.leads[kind],
  })
  return (
    <Page
      title={t.title}
      wide
      beside={source.loading ? null : <Count>{format.number(source.total)}</Count>}
      actions={
        <>
          <SearchField label={t.search} search={search} width={240} />
          <ControlExportMenu query={shown} count={source.total} />
          {may('control.import') ? <ImportMenu onOpen={show} label={exchange.import} /> : null}
          {may('control.create') ? (
            <Button variant="default" onClick={() => show('new')}>
              {t.create}
            </Button>
          ) : null}
          {adopt}
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
        nameOf={(row) => `${row.code} ${format.text(row.name)}`}
        to={(row) => `/app/controls/${row.id}`}
        narrowed={text !== '' || Boolean(entity)}
        bulk={(rows, clear) => <ControlBulk rows={rows} clear={clear} />}
        empty={
          <Empty title={t.empty} action={adopt}>
            {t.emptyText}
          </Empty>
        }
      />
      <Suspense fallback={null}>
        {open === 'adopt' && may('control.adopt') ? <AdoptDialog onClose={() => show()} /> : null}
        {open === 'new' && may('control.create') ? (
          <ControlForm
            control={null}
            onClose={() => show()}
            onSaved={(id) => navigate({ to: '/app/controls/$id', params: { id } })}
          />
        ) : null}
        {open === 'import' && may('control.import') ? (
          <ImportDrawer address="/api/controls" words={importWords('controls')} onClose={() => show()} />
        ) : null}
        {open === 'import-implementations' && may('implementation.import') ? (
          <ImportDrawer
            address="/api/implementations"
            words={importWords('implementations')}
            onClose={() => show()}
          />
        ) : null}
      </Suspense>
    </Page>
  )
}

function ImportMenu({ onOpen, label }: { onOpen: (open: Open) => void; label: string }) {
  const t = useWords(exchangeMessages)
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="upload" />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onOpen('import')}>{t.kinds.controls}</Menu.Item>
        <Menu.Item onClick={() => onOpen('import-implementations')}>{t.kinds.implementations}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
