import type { EvidenceAnswer } from '../../evidence/web/shapes.ts'
import type { Page } from '../../kernel/page.ts'
import { useRead } from '../../web/data.ts'
import type { Option } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { checkMessages } from './messages.ts'

/** The newest evidence with structured data of a kind, to ask a check of. */
export function useDataItems(kind: string): Option[] {
  const t = useWords(checkMessages)
  const format = useFormat()
  const read = useRead<Page<EvidenceAnswer>>('/api/evidence', {
    sort: 'collected',
    order: 'desc',
    limit: 200,
  })
  return (read.data?.items ?? [])
    .filter(({ data, disposed, withdrawn }) => data?.kind === kind && !disposed && !withdrawn)
    .map(({ id, title, collectedOn }) => ({
      value: id,
      label: t.latestOf(title, format.shortDay(collectedOn)),
    }))
}
