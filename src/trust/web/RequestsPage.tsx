import { useState } from 'react'

import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import { trustMessages } from './messages.ts'
import { RequestDrawer } from './RequestDrawer.tsx'
import type { RequestAnswer } from './shapes.ts'

const tones: Record<RequestAnswer['state'], Tone> = {
  waiting: 'partial',
  approved: 'accent',
  declined: 'none',
  downloaded: 'met',
}

export function RequestState({ state }: { state: RequestAnswer['state'] }) {
  const t = useWords(trustMessages)
  return <State tone={tones[state]}>{t.states[state]}</State>
}

/** Who asked for which restricted report, and what became of it. */
export function RequestsPage() {
  const t = useWords(trustMessages)
  const format = useFormat()
  const [open, setOpen] = useState<string | null>(null)
  const view = useView('requests')
  const source = usePagedSource<RequestAnswer>('/api/trust/requests', view.query)
  const chosen = source.rows.find((one) => one.id === open)
  const columns: Column<RequestAnswer>[] = [
    { key: 'requester', header: t.requester, cell: (row) => row.requesterName },
    { key: 'company', header: t.company, cell: (row) => row.requesterCompany },
    { key: 'document', header: t.document, cell: (row) => <DocumentName id={row.documentId} /> },
    { key: 'purpose', header: t.purpose, cell: (row) => row.purpose },
    { key: 'requestedAt', header: t.requestedAt, width: 190, cell: (row) => format.instant(row.requestedAt) },
    { key: 'state', header: t.state, width: 140, cell: (row) => <RequestState state={row.state} /> },
  ]
  const filters: Filter<RequestAnswer>[] = [
    {
      key: 'state',
      label: t.state,
      options: (['waiting', 'approved', 'declined', 'downloaded'] as const).map((value) => ({
        value,
        label: t.states[value],
      })),
    },
  ]
  return (
    <Page title={t.requests} beside={source.loading ? null : <Count>{format.number(source.total)}</Count>}>
      <RegisterTable
        caption={t.requests}
        columns={columns}
        filters={filters}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => row.requesterName}
        onOpen={(row) => setOpen(row.id)}
        empty={<Empty title={t.emptyRequests}>{t.emptyRequestsText}</Empty>}
      />
      {chosen ? <RequestDrawer request={chosen} onClose={() => setOpen(null)} /> : null}
    </Page>
  )
}

type Titled = { title: LocalText }

function DocumentName({ id }: { id: string }) {
  const format = useFormat()
  const read = useRead<Titled>(`/api/documents/${id}`)
  return format.text(read.data?.title) || '…'
}
