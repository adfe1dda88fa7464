import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { State } from '../../web/ui/State.tsx'
import { assetKinds } from '../asset.ts'
import { Levels } from './Levels.tsx'
import { assetMessages } from './messages.ts'
import type { PlaceNames } from './names.ts'
import type { ScaleWords } from './scale.ts'
import type { AssetAnswer } from './shapes.ts'
import { spanText } from './words.ts'

/** Who answers for an asset, and whether they are still there to do it. */
export function Owner({ asset }: { asset: AssetAnswer }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const { owner } = asset
  if (owner === null) return <span className="quiet">{t.nobody}</span>
  return (
    <>
      {format.text(owner.name)}
      {owner.left ? (
        <>
          {' '}
          <State tone="failing">{t.left}</State>
        </>
      ) : null}
    </>
  )
}

/** The columns of the register. */
export function useAssetColumns(names: PlaceNames, scale: ScaleWords): Column<AssetAnswer>[] {
  const t = useWords(assetMessages)
  const format = useFormat()
  const flags = (row: AssetAnswer) =>
    [row.personalData ? t.personal : '', row.cardData ? t.card : ''].filter(Boolean).join(' · ')
  return [
    { key: 'name', header: t.name, sortable: true, cell: (row) => format.text(row.name) },
    { key: 'kind', header: t.kind, width: 116, sortable: true, cell: (row) => t.kinds[row.kind] },
    {
      key: 'value',
      header: t.value,
      width: 172,
      cell: (row) =>
        row.inUse ? (
          <Levels effective={row.effective} own={row.value} />
        ) : (
          <span className="quiet">{t.filters.notInUse}</span>
        ),
    },
    {
      key: 'classification',
      header: t.classification,
      width: 128,
      sortable: true,
      cell: (row) =>
        row.classification ? scale.classification(row.classification) : <span className="quiet">—</span>,
    },
    { key: 'owner', header: t.owner, width: 150, cell: (row) => <Owner asset={row} /> },
    { key: 'entity', header: t.entity, width: 170, cell: (row) => names.entity(row.entityId) },
    {
      key: 'flags',
      header: t.flags,
      width: 150,
      cell: (row) => flags(row) || <span className="quiet">—</span>,
    },
    {
      key: 'services',
      header: t.services,
      width: 150,
      cell: (row) => row.serviceIds.map(names.service).join(format.language === 'ja' ? '、' : ', ') || '—',
    },
    { key: 'use', header: t.use, width: 140, cell: (row) => spanText(row, t, format) },
    { key: 'key', header: t.key, width: 160, sortable: true, cell: (row) => <code>{row.key}</code> },
  ]
}

/** What the register can be narrowed to. */
export function useAssetFilters(names: PlaceNames, scale: ScaleWords): Filter<AssetAnswer>[] {
  const t = useWords(assetMessages)
  const yesNo = [
    { value: 'yes', label: t.filters.yes },
    { value: 'no', label: t.filters.no },
  ]
  return [
    {
      key: 'kind',
      label: t.kind,
      options: assetKinds.map((value) => ({ value, label: t.kinds[value] })),
    },
    {
      key: 'classification',
      label: t.classification,
      options: [...scale.classifications, { value: 'none', label: t.unclassified }],
    },
    { key: 'service', label: t.service, options: names.services },
    { key: 'owner', label: t.owner, options: [{ value: 'none', label: t.nobody }] },
    { key: 'personal', label: t.filters.personal, options: yesNo },
    { key: 'card', label: t.filters.card, options: yesNo },
    { key: 'valued', label: t.filters.valued, options: yesNo },
    {
      key: 'use',
      label: t.filters.use,
      options: [
        { value: 'in-use', label: t.filters.inUse },
        { value: 'not-in-use', label: t.filters.notInUse },
      ],
    },
  ]
}
