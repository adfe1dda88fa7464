import type { LocalText } from '../../kernel/language.ts'
import { useReadNow } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useFormat } from '../../web/i18n/format.ts'

/** People to narrow a list by, those who left too: what they owned waits for somebody. */
export function usePeopleChoices(): { value: string; label: string }[] {
  const format = useFormat()
  const may = useMay()
  const read = useReadNow<{ items: { id: string; name: LocalText }[] }>(
    '/api/people',
    { limit: 200 },
    may('person.read'),
  )
  return (read.data?.items ?? []).map((one) => ({ value: one.id, label: format.text(one.name) }))
}
