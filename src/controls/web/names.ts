import type { EditionSummary } from '../../frameworks/web/shapes.ts'
import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../../web/data.ts'
import { useFormat } from '../../web/i18n/format.ts'

export type EntityName = { id: string; name: LocalText; parentId: string | null }
export type ServiceName = { id: string; name: LocalText; entityId: string }

/** What the pages of controls call the places that a record refers to by id. */
export function usePlaces() {
  const format = useFormat()
  const entities = useRead<{ items: EntityName[] }>('/api/entities').data?.items ?? []
  const services = useRead<{ items: ServiceName[] }>('/api/services').data?.items ?? []
  const entity = (id: string | null) => format.text(entities.find((one) => one.id === id)?.name)
  const service = (id: string | null) => format.text(services.find((one) => one.id === id)?.name)
  return {
    entities,
    services,
    entity,
    service,
    place: (one: { entityId: string; serviceId: string | null }) =>
      one.serviceId === null ? entity(one.entityId) : `${service(one.serviceId)} · ${entity(one.entityId)}`,
  }
}

export type Places = ReturnType<typeof usePlaces>

export const useEditions = (): readonly EditionSummary[] =>
  useRead<{ items: EditionSummary[] }>('/api/frameworks').data?.items ?? []
