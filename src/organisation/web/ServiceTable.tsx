import type { UseQueryResult } from '@tanstack/react-query'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { useListSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { organisationMessages } from './messages.ts'
import type { EntityAnswer, List, ServiceAnswer } from './shapes.ts'
import { spanText } from './span.ts'

type ServiceTableProps = {
  read: UseQueryResult<List<ServiceAnswer>>
  entities: readonly EntityAnswer[]
  onOpen: (service: ServiceAnswer) => void
}

export function ServiceTable({ read, entities, onOpen }: ServiceTableProps) {
  const t = useWords(organisationMessages)
  const format = useFormat()
  const view = useView('services', { sort: { key: 'name', descending: false } })
  const nameOf = (id: string) => format.text(entities.find((one) => one.id === id)?.name)
  const columns: Column<ServiceAnswer>[] = [
    { key: 'name', header: t.name, cell: (row) => format.text(row.name), by: (row) => format.text(row.name) },
    {
      key: 'kind',
      header: t.kind,
      width: 120,
      cell: (row) => t.serviceKinds[row.kind],
      by: (row) => row.kind,
    },
    {
      key: 'entity',
      header: t.entity,
      cell: (row) => nameOf(row.entityId),
      by: (row) => nameOf(row.entityId),
    },
    {
      key: 'offered',
      header: t.offered,
      width: 240,
      cell: (row) => spanText(row.offeredFrom, row.offeredTo, t, format),
      by: (row) => row.offeredFrom,
    },
    {
      key: 'key',
      header: t.key,
      width: 200,
      cell: (row) => <code>{row.key}</code>,
      by: (row) => row.key,
    },
  ]
  const filters: Filter<ServiceAnswer>[] = [
    {
      key: 'kind',
      label: t.kind,
      options: (['product', 'system'] as const).map((value) => ({ value, label: t.serviceKinds[value] })),
      of: (row) => row.kind,
    },
    {
      key: 'entity',
      label: t.entity,
      options: entities
        .filter((one) => read.data?.items.some((service) => service.entityId === one.id))
        .map((one) => ({ value: one.id, label: format.text(one.name) })),
      of: (row) => row.entityId,
    },
  ]
  return (
    <RegisterTable
      caption={t.services}
      columns={columns}
      filters={filters}
      source={useListSource(read, columns, filters, view.view)}
      view={view}
      idOf={(row) => row.id}
      nameOf={(row) => format.text(row.name)}
      onOpen={onOpen}
      empty={<Empty title={t.emptyServices}>{t.emptyServicesText}</Empty>}
    />
  )
}
