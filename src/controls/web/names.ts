import type { EditionSummary } from '../../frameworks/web/shapes.ts'
import type { LocalText } from '../../kernel/language.ts'
import { useRead, useReadNow } from '../../web/data.ts'
import { useMay, useMe } from '../../web/frame/me.ts'
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

type Choice = { value: string; label: string }

/** Who can be named as an owner: everyone for those who may list people, else oneself, and whoever it is already. */
export function usePeople(already: readonly ({ id: string; name: LocalText } | null)[] = []): Choice[] {
  const format = useFormat()
  const may = useMay()
  const me = useMe().data?.person
  const read = useReadNow<{ items: { id: string; name: LocalText; state: string }[] }>(
    '/api/people',
    { limit: 200 },
    may('person.read'),
  )
  const listed = (read.data?.items ?? []).filter((one) => one.state !== 'left')
  const all = [...listed, ...(me ? [me] : []), ...already.filter((one) => one !== null)]
  return [...new Map(all.map((one) => [one.id, { value: one.id, label: format.text(one.name) }])).values()]
}
