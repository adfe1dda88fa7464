import { useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { Checkpoint } from './Checkpoint.tsx'
import { Integrity } from './Integrity.tsx'
import { logMessages } from './messages.ts'
import type { Entry, LogStatus } from './shapes.ts'
import { useTold } from './told.ts'
import { useWho } from './who.ts'

/** The evidence log: what happened, newest first, and how much of it is sealed. */
export function LogPage() {
  const t = useWords(logMessages)
  const format = useFormat()
  const told = useTold()
  const who = useWho()
  const view = useView('log')
  const status = useReadNow<LogStatus>('/api/log')
  const source = usePagedSource<Entry>('/api/log/entries', view.query)
  const columns: Column<Entry>[] = [
    {
      key: 'index',
      header: t.index,
      width: 80,
      cell: (row) => <span className="mono">{format.number(row.index)}</span>,
    },
    { key: 'type', header: t.what, cell: (row) => told(row.type) },
    { key: 'who', header: t.who, cell: who },
    {
      key: 'when',
      header: t.when,
      width: 200,
      cell: (row) => <time dateTime={row.recordedAt}>{format.instant(row.recordedAt)}</time>,
    },
    { key: 'reason', header: t.reason, cell: (row) => row.reason ?? '—' },
    { key: 'level', header: t.level, width: 90, cell: (row) => <Integrity level={row.level} /> },
  ]
  const filters: Filter<Entry>[] = [
    {
      key: 'noun',
      label: t.noun,
      options: Object.entries(t.nouns).map(([value, label]) => ({ value, label })),
    },
  ]
  return (
    <Page
      title={t.title}
      lead={t.lead}
      beside={source.loading ? null : <Count>{format.number(source.total)}</Count>}
    >
      <Checkpoint read={status} />
      <RegisterTable
        caption={t.title}
        columns={columns}
        filters={filters}
        source={source}
        view={view}
        idOf={(row) => String(row.index)}
        nameOf={(row) => `${row.index} ${told(row.type)}`}
        to={(row) => `/app/log/${row.index}`}
        empty={<Empty title={t.empty}>{t.emptyText}</Empty>}
      />
    </Page>
  )
}
