import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Page } from '../../kernel/page.ts'
import { useRead } from '../../web/data.ts'
import { useFormat } from '../../web/i18n/format.ts'

type Named = { id: Id; name: LocalText }

/** Controls, entities, services and assets by name, as far as one page of each goes. */
export function useCheckNames() {
  const format = useFormat()
  const controls = useRead<Page<Named & { code: string }>>('/api/controls', { limit: 200 }).data?.items ?? []
  const entities = useRead<{ items: Named[] }>('/api/entities').data?.items ?? []
  const services = useRead<{ items: Named[] }>('/api/services').data?.items ?? []
  const named = (items: readonly Named[], id: Id) => format.text(items.find((one) => one.id === id)?.name)
  return {
    controls,
    entities,
    services,
    entity: (id: Id) => named(entities, id),
    service: (id: Id) => named(services, id),
    control: (id: Id) => {
      const one = controls.find((each) => each.id === id)
      return one ? `${one.code} ${format.text(one.name)}` : ''
    },
  }
}

export type CheckNames = ReturnType<typeof useCheckNames>

/** Assets by name. */
export function useAssetNames(): (id: Id) => string {
  const format = useFormat()
  const assets = useRead<Page<Named & { key: string }>>('/api/assets', { limit: 200 }).data?.items ?? []
  const index = new Map(assets.map((one) => [one.id, one]))
  return (id) => {
    const one = index.get(id)
    return one ? format.text(one.name) || one.key : id.slice(0, 8)
  }
}
