import type { Asset } from '../../assets/asset.ts'
import type { Check as CheckRecord } from '../../checks/check.ts'
import type { Run } from '../../checks/run.ts'
import type { Evidence as EvidenceRecord } from '../../evidence/evidence.ts'
import { addDays } from '../../kernel/day.ts'
import type { Check, Evidence, Resource, Result } from '../facts.ts'

/** The fields of an item of evidence on which a posture depends. */
export type EvidenceRow = Pick<
  EvidenceRecord,
  'id' | 'implementationIds' | 'aboutFrom' | 'aboutTo' | 'collectedOn' | 'validUntil' | 'toleranceDays'
> & {
  review: Pick<NonNullable<EvidenceRecord['review']>, 'verdict' | 'on'> | null
  withdrawn: Pick<NonNullable<EvidenceRecord['withdrawn']>, 'on'> | null
}

/** An item, once for each implementation that it bears on. Withdrawn, it speaks until the eve of that day. */
export function evidenceFacts(one: EvidenceRow): Evidence[] {
  const { withdrawn, review } = one
  const last = withdrawn === null ? null : addDays(withdrawn.on, -1)
  const isCut = last !== null && last < addDays(one.validUntil, one.toleranceDays)
  if (last !== null && last < one.aboutFrom) return []
  return one.implementationIds.map((implementationId) => ({
    id: one.id,
    implementationId,
    aboutFrom: one.aboutFrom,
    aboutTo: one.aboutTo,
    collectedAt: one.collectedOn,
    validUntil: isCut ? last : one.validUntil,
    toleranceDays: isCut ? 0 : one.toleranceDays,
    verdict: review?.verdict ?? 'awaiting',
    decidedOn: review?.on ?? null,
  }))
}

export const checkFact = (one: CheckRecord): Check => ({
  id: one.id,
  controlId: one.controlId,
  from: one.activeFrom,
  to: one.activeTo,
})

export const resourceFact = (one: Asset): Resource => ({
  id: one.id,
  entityId: one.entityId,
  services: one.serviceIds.map((serviceId) => ({ serviceId, from: null, to: null })),
  from: one.inUseFrom,
  to: one.inUseTo,
})

/** The fields of a run on which a posture depends. */
export type RunRow = Pick<Run, 'id' | 'checkId' | 'ranOn' | 'ranAt' | 'validUntil' | 'results'>

export const resultFacts = (one: RunRow): Result[] =>
  one.results.map(({ assetId, outcome }) => ({
    id: `${one.id}:${assetId}`,
    checkId: one.checkId,
    resourceId: assetId,
    outcome,
    on: one.ranOn,
    at: one.ranAt,
    validUntil: one.validUntil,
  }))
