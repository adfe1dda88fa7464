import type { Period } from '../../certificates/web/PeriodsField.tsx'
import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Programme } from '../programme.ts'
import type { CycleDraft } from './CyclesField.tsx'

/** A programme while it is written. */
export type Draft = {
  key: string
  name: LocalText
  edition: string
  categories: string[]
  audiences: Programme['audiences']
  entities: Period[]
  services: Period[]
  cycles: CycleDraft[]
  ownerId: string | null
  certificateId: string | null
  reason: string
  version?: number
}

export const blank = (edition: string, day: Day): Draft => ({
  ...{ key: '', name: {}, edition, categories: [], audiences: [], entities: [], services: [] },
  cycles: [{ from: day, to: null, auditOn: null }],
  ...{ ownerId: null, certificateId: null, reason: '' },
})

export const draftOf = (one: Programme): Draft => ({
  ...{ key: one.key, name: one.name, edition: one.edition, version: one.version },
  ...{ categories: one.categories, audiences: one.audiences, cycles: one.cycles },
  entities: one.entities.map(({ entityId: id, from, to }) => ({ id, from, to })),
  services: one.services.map(({ serviceId: id, from, to }) => ({ id, from, to })),
  ...{ ownerId: one.ownerId, certificateId: one.certificateId, reason: '' },
})

/** As the API takes it, without the version and the reason. */
export const bodyOf = ({ entities, services, version: _, reason: __, ...draft }: Draft) => ({
  ...draft,
  entities: entities.map(({ id, from, to }) => ({ entityId: id, from, to })),
  services: services.map(({ id, from, to }) => ({ serviceId: id, from, to })),
})
