import type { UseQueryResult } from '@tanstack/react-query'
import { inTreeOrder } from '../../web/frame/tree.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { useListSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { State } from '../../web/ui/State.tsx'
import { organisationMessages } from './messages.ts'
import type { EntityAnswer, List } from './shapes.ts'
import { spanText } from './span.ts'

type EntityTableProps = {
  read: UseQueryResult<List<EntityAnswer>>
  scope: string | undefined
  onOpen: (entity: EntityAnswer) => void
}

type Placed = EntityAnswer & { depth: number }

/** The tree of entities as a table: children below their parents, indented. */
export function EntityTable({ read, scope, onOpen }: EntityTableProps) {
  const t = useWords(organisationMessages)
  const format = useFormat()
  const view = useView('entities')
  const placed: Placed[] = inTreeOrder(read.data?.items ?? [], scope).map(({ node, depth }) => ({
    ...node,
    depth,
  }))
  const columns: Column<Placed>[] = [
    {
      key: 'name',
      header: t.name,
      cell: (row) => <span style={{ paddingInlineStart: row.depth * 18 }}>{format.text(row.name)}</span>,
    },
    { key: 'kind', header: t.kind, width: 110, cell: (row) => t.kinds[row.kind] },
    {
      key: 'country',
      header: t.country,
      width: 120,
      cell: (row) => (row.country ? format.country(row.country) : '—'),
    },
    {
      key: 'member',
      header: t.membership,
      width: 150,
      cell: (row) =>
        row.member ? <State tone="met">{t.member}</State> : <State tone="none">{t.notMember}</State>,
    },
    {
      key: 'span',
      header: t.memberSpan,
      width: 240,
      cell: (row) => spanText(row.memberFrom, row.memberTo, t, format),
    },
    { key: 'key', header: t.key, width: 200, cell: (row) => <code>{row.key}</code> },
  ]
  const filters: Filter<Placed>[] = [
    {
      key: 'kind',
      label: t.kind,
      options: (['company', 'division', 'site'] as const).map((value) => ({ value, label: t.kinds[value] })),
      of: (row) => row.kind,
    },
    {
      key: 'member',
      label: t.membership,
      options: [
        { value: 'yes', label: t.member },
        { value: 'no', label: t.notMember },
      ],
      of: (row) => (row.member ? 'yes' : 'no'),
    },
  ]
  const placedRead = { ...read, data: { items: placed } } as UseQueryResult<{ items: Placed[] }>
  const source = useListSource(placedRead, columns, filters, view.view)
  return (
    <RegisterTable
      caption={t.entities}
      columns={columns}
      filters={filters}
      source={source}
      view={view}
      idOf={(row) => row.id}
      nameOf={(row) => format.text(row.name)}
      onOpen={onOpen}
      empty={<Empty title={t.emptyEntities}>{t.emptyEntitiesText}</Empty>}
    />
  )
}
