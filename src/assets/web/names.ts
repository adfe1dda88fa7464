import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useFormat } from '../../web/i18n/format.ts'

type Named = { id: string; name: LocalText }

/** What the pages of assets call entities and services. */
export function usePlaceNames() {
  const format = useFormat()
  const may = useMay()
  const entities = useRead<{ items: Named[] }>('/api/entities', {}, may('entity.read'))
  const services = useRead<{ items: Named[] }>('/api/services', {}, may('service.read'))
  const named = (items: readonly Named[] | undefined, id: string) =>
    format.text(items?.find((one) => one.id === id)?.name)
  const options = (items: readonly Named[] | undefined) =>
    (items ?? []).map((one) => ({ value: one.id, label: format.text(one.name) }))
  return {
    ready: !entities.isLoading && !services.isLoading,
    entities: options(entities.data?.items),
    services: options(services.data?.items),
    entity: (id: string) => named(entities.data?.items, id),
    service: (id: string) => named(services.data?.items, id),
  }
}

export type PlaceNames = ReturnType<typeof usePlaceNames>
