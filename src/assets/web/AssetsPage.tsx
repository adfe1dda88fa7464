import { Button, Menu } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { ExportMenu } from '../../web/exchange/ExportMenu.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { AssetBulk } from './AssetBulk.tsx'
import { useAssetColumns, useAssetFilters } from './columns.tsx'
import { exchangeMessages } from './exchange-messages.ts'
import { filtersIn } from './graph-asked.ts'
import { assetMessages } from './messages.ts'
import { usePlaceNames } from './names.ts'
import { useScale } from './scale.ts'
import type { AssetAnswer } from './shapes.ts'

// The forms are larger than the register, and most visits never open them.
const AssetForm = lazy(() => import('./AssetForm.tsx'))
const ImportDrawer = lazy(() => import('../../web/exchange/ImportDrawer.tsx'))

/** What the address narrows the register to: filters, and assets that stand next to one. */
const useAsked = () => {
  const { needs, neededBy, text = '', ...filters } = filtersIn(useSearch({ strict: false }))
  return { near: { needs, neededBy }, text, filters }
}

/** The register of assets. */
export function AssetsPage() {
  const t = useWords(assetMessages)
  const exchange = useWords(exchangeMessages)
  const format = useFormat()
  const names = usePlaceNames()
  const scale = useScale()
  const may = useMayNow()
  const entity = useEntityScope()
  const asked = useAsked()
  const { near } = asked
  const navigate = useNavigate()
  const { open, show } = useOpen<'new' | 'import'>()
  const search = useSearchText(asked.text)
  const { text } = search
  const view = useView('assets', {
    sort: { key: 'key', descending: false },
    hidden: ['services', 'use'],
    filters: asked.filters,
  })
  const shown = { ...view.view.filters, ...near, entity, text }
  const source = usePagedSource<AssetAnswer>('/api/assets', { ...view.query, ...near, entity, text })
  const columns = useAssetColumns(names, scale)
  const filters = useAssetFilters(names, scale)
  const add = may('asset.create') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {t.new}
    </Button>
  ) : null
  return (
    <Page
      title={t.title}
      wide
      beside={source.loading ? null : <Count>{format.number(source.total)}</Count>}
      actions={
        <>
          <SearchField label={t.search} search={search} width={240} />
          <OtherViews narrowed={{ ...view.view.filters, ...near, text }} />
          <ExportMenu address="/api/assets" query={shown} words={exchange} count={source.total} />
          {may('asset.import') ? (
            <Button variant="default" leftSection={<Icon name="upload" />} onClick={() => show('import')}>
              {exchange.import}
            </Button>
          ) : null}
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
        to={(row) => `/app/assets/${row.id}`}
        narrowed={text !== '' || Boolean(entity) || Boolean(near.needs ?? near.neededBy)}
        bulk={(rows, clear) => <AssetBulk rows={rows} clear={clear} names={names} scale={scale} />}
        empty={
          <Empty title={t.empty} action={add}>
            {t.emptyText}
          </Empty>
        }
      />
      <Suspense fallback={null}>
        {open === 'new' && names.ready && may('asset.create') ? (
          <AssetForm
            asset={null}
            names={names}
            onClose={() => show()}
            onSaved={(id) => navigate({ to: '/app/assets/$id', params: { id } })}
          />
        ) : null}
        {open === 'import' && may('asset.import') ? (
          <ImportDrawer address="/api/assets" words={exchange} onClose={() => show()} />
        ) : null}
      </Suspense>
    </Page>
  )
}

/** The same assets seen otherwise. */
function OtherViews({ narrowed }: { narrowed: object }) {
  const t = useWords(assetMessages)
  const navigate = useNavigate()
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="down" size={12} />}>
          {t.more}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => navigate({ to: '/app/assets/balance' })}>{t.nav.balance}</Menu.Item>
        <Menu.Item
          onClick={() => navigate({ to: '/app/assets/graph', search: () => filtersIn(narrowed) as never })}
        >
          {t.nav.graph}
        </Menu.Item>
        <Menu.Item onClick={() => navigate({ to: '/app/assets/scale' })}>{t.nav.scale}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
