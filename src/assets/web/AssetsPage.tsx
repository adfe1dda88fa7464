import { Button, Drawer } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { type ProgrammeNames, useProgrammeNames } from '../../programmes/web/names.ts'
import { useRead } from '../../web/data.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useEntityScope, useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type Format, useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { type Asset, assetKinds } from '../asset.ts'
import { assetMessages } from './messages.ts'

const AssetForm = lazy(() => import('./AssetForm.tsx'))

type AssetAnswer = Asset & { abilities: string[] }
type UseWords = { from: (day: string) => string; until: (day: string) => string; always: string }

function spanText({ inUseFrom, inUseTo }: Asset, t: UseWords, format: Format): string {
  if (inUseFrom && inUseTo) return `${format.shortDay(inUseFrom)} – ${format.shortDay(inUseTo)}`
  if (inUseFrom) return t.from(format.shortDay(inUseFrom))
  return inUseTo ? t.until(format.shortDay(inUseTo)) : t.always
}

/** The register of assets. */
export function AssetsPage() {
  const t = useWords(assetMessages)
  const format = useFormat()
  const names = useProgrammeNames()
  const may = useMayNow()
  const past = useIsPast()
  const entity = useEntityScope()
  const { open, show } = useOpen()
  const search = useSearchText()
  const { text } = search
  const view = useView('assets', { sort: { key: 'key', descending: false } })
  const source = usePagedSource<AssetAnswer>('/api/assets', { ...view.query, entity, text })
  const chosen = useRead<AssetAnswer>(`/api/assets/${open}`, {}, open !== undefined && open !== 'new')
  const columns: Column<AssetAnswer>[] = [
    { key: 'name', header: t.name, cell: (row) => format.text(row.name) },
    {
      key: 'kind',
      header: t.kind,
      width: 120,
      sortable: true,
      cell: (row) => t.kinds[row.kind],
    },
    { key: 'entity', header: t.entity, width: 210, cell: (row) => names.entity(row.entityId) },
    {
      key: 'services',
      header: t.services,
      width: 210,
      cell: (row) => row.serviceIds.map(names.service).join(format.language === 'ja' ? '、' : ', ') || '—',
    },
    {
      key: 'identifiers',
      header: t.identifiers,
      width: 190,
      cell: (row) => (row.identifiers.length > 0 ? <code>{row.identifiers.join(' ')}</code> : '—'),
    },
    { key: 'use', header: t.use, width: 190, cell: (row) => spanText(row, t, format) },
    { key: 'key', header: t.key, width: 170, sortable: true, cell: (row) => <code>{row.key}</code> },
  ]
  const filters: Filter<AssetAnswer>[] = [
    {
      key: 'kind',
      label: t.kind,
      options: assetKinds.map((value) => ({ value, label: t.kinds[value] })),
    },
    { key: 'service', label: t.service, options: names.services },
  ]
  const add = may('asset.create') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {t.new}
    </Button>
  ) : null
  const asset = open === undefined || open === 'new' ? null : (chosen.data ?? null)
  const editable = asset !== null && !past && asset.abilities.includes('update')
  return (
    <Page
      title={t.title}
      wide
      lead={t.lead}
      beside={source.loading ? null : <Count>{format.number(source.total)}</Count>}
      actions={
        <>
          <SearchField label={t.search} search={search} width={280} />
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
        onOpen={(row) => show(row.id)}
        empty={
          <Empty title={t.empty} action={add}>
            {t.emptyText}
          </Empty>
        }
      />
      {names.ready && (editable || (open === 'new' && may('asset.create'))) ? (
        <Suspense fallback={null}>
          <AssetForm key={open} asset={asset} names={names} onClose={() => show()} />
        </Suspense>
      ) : null}
      {asset && !editable ? <AssetDetail asset={asset} names={names} onClose={() => show()} /> : null}
    </Page>
  )
}

type AssetDetailProps = { asset: AssetAnswer; names: ProgrammeNames; onClose: () => void }

/** An asset that this reader, or this day, lets nobody change. */
function AssetDetail({ asset, names, onClose }: AssetDetailProps) {
  const t = useWords(assetMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const past = useIsPast()
  return (
    <Drawer
      opened
      onClose={onClose}
      title={format.text(asset.name)}
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      <Notice tone="unknown">{past ? shell.time.off : t.readOnly}</Notice>
      <Pairs
        facts={[
          { label: t.kind, value: t.kinds[asset.kind] },
          { label: t.entity, value: names.entity(asset.entityId) || '—' },
          { label: t.services, value: format.list(asset.serviceIds.map(names.service)) || '—' },
          { label: t.owner, value: names.person(asset.ownerId) || '—' },
          {
            label: t.identifiers,
            value: asset.identifiers.map((one) => (
              <div key={one}>
                <code>{one}</code>
              </div>
            )),
          },
          { label: t.use, value: spanText(asset, t, format) },
          { label: t.key, value: <code>{asset.key}</code> },
        ]}
      />
    </Drawer>
  )
}
