import type { EditionSummary } from '../../frameworks/web/shapes.ts'
import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useFormat } from '../../web/i18n/format.ts'

type Named = { id: string; name: LocalText }
type Certificate = { id: string; key: string; number: string | null; scheme: string }

/** What the pages of programmes call things that a record refers to by key or id. */
export function useProgrammeNames() {
  const format = useFormat()
  const may = useMay()
  const entities = useRead<{ items: Named[] }>('/api/entities', {}, may('entity.read'))
  const services = useRead<{ items: Named[] }>('/api/services', {}, may('service.read'))
  const people = useRead<{ items: Named[] }>('/api/people', { limit: 200 }, may('person.read'))
  const editions = useRead<{ items: EditionSummary[] }>('/api/frameworks')
  const certificates = useRead<{ items: Certificate[] }>(
    '/api/certificates',
    { limit: 200 },
    may('certificate.read'),
  )
  const named = (items: readonly Named[] | undefined, id: string | null) =>
    format.text(items?.find((one) => one.id === id)?.name)
  const options = (items: readonly Named[] | undefined) =>
    (items ?? []).map((one) => ({ value: one.id, label: format.text(one.name) }))
  return {
    ready: !entities.isLoading && !services.isLoading && !people.isLoading && editions.data !== undefined,
    editions: editions.data?.items ?? [],
    entities: options(entities.data?.items),
    services: options(services.data?.items),
    people: options(people.data?.items),
    certificates: (certificates.data?.items ?? []).map((one) => ({
      value: one.id,
      label: [one.scheme, one.number ?? one.key].join(' · '),
    })),
    entity: (id: string) => named(entities.data?.items, id),
    service: (id: string) => named(services.data?.items, id),
    /** Somebody as a choice of people knows them. */
    known: (id: string | null) => people.data?.items.find((one) => one.id === id) ?? null,
    person: (id: string | null) => named(people.data?.items, id),
  }
}

export type ProgrammeNames = ReturnType<typeof useProgrammeNames>
