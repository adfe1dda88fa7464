import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../../web/data.ts'
import { useFormat } from '../../web/i18n/format.ts'

/** The entities that a person can belong to or a role can be given over. */
export function useEntities() {
  const format = useFormat()
  const read = useRead<{ items: { id: string; name: LocalText }[] }>('/api/entities')
  const items = read.data?.items ?? []
  return {
    options: items.map((one) => ({ value: one.id, label: format.text(one.name) })),
    nameOf: (id: string | null) => format.text(items.find((one) => one.id === id)?.name),
  }
}
