import { asset } from '../../assets/asset.ts'
import { control } from '../../controls/control.ts'
import { implementation } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { type Evidence, evidence } from '../../evidence/evidence.ts'
import type { Id } from '../../kernel/id.ts'
import { everyRecord } from './run.ts'
import type { Names } from './write-programmes.ts'

type Use = { control: string | undefined; entity: string | undefined; service: string | null | undefined }

/** The places that an item shows: each implementation, and each of its occurrences. */
async function uses(ctx: Context, names: Names) {
  const controls = await everyOf(ctx, control)
  const implementations = await everyOf(ctx, implementation)
  const occurrences = await everyOf(ctx, occurrence)
  const placeOf = (id: Id): Use[] => {
    const one = implementations.get(id)
    // What ended stays out of the file, and with it what the item shows of it.
    if (!one || one.endedOn !== null) return []
    return [
      {
        control: controls.get(one.controlId)?.code,
        entity: names.entities.get(one.entityId),
        service: one.serviceId && names.services.get(one.serviceId),
      },
    ]
  }
  return ({ implementationIds, occurrenceIds }: Evidence) => {
    const shown = occurrenceIds.flatMap((id) => occurrences.get(id) ?? [])
    return implementationIds.flatMap((id) => {
      const periods = shown.filter((one) => one.implementationId === id).map((one) => one.periodFrom)
      const all = periods.length === 0 ? [null] : periods.sort()
      return all.flatMap((period) => placeOf(id).map((place) => ({ ...place, period })))
    })
  }
}

const nameOf = (one: Evidence) => `${one.aboutTo} ${one.collectedOn} ${one.title} ${one.id}`

/** An item comes after the one that it replaces: the file names it by its key. */
function predecessorsFirst(items: readonly Evidence[]): Evidence[] {
  const byId = new Map(items.map((one) => [one.id, one]))
  const placed = new Set<Id>()
  const ordered: Evidence[] = []
  for (const item of items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const chain: Evidence[] = []
    for (let at: Evidence | undefined = item; at && !placed.has(at.id); ) {
      chain.unshift(at)
      placed.add(at.id)
      at = at.replaces === null ? undefined : byId.get(at.replaces)
    }
    ordered.push(...chain)
  }
  return ordered
}

/** Evidence that stands; what was withdrawn or disposed of is history and stays out. */
export async function evidenceParts(ctx: Context, names: Names) {
  const all = (await everyRecord(ctx, evidence)).filter(
    (one) => one.withdrawn === null && one.disposed === null,
  )
  const usesOf = await uses(ctx, names)
  const assets = await everyOf(ctx, asset)
  const inOrder = predecessorsFirst(all)
  const replaced = new Set(inOrder.map((one) => one.replaces))
  const keys = new Map(inOrder.map((one, index) => [one.id, `item-${index + 1}`]))
  const person = (id: Id | null) => id && names.people.get(id)
  // Somebody who left has no key: what they did is history that no file can bring.
  const named = <T extends { personId: Id }>(act: T | null) => {
    if (act === null || !names.people.has(act.personId)) return null
    const { personId, ...said } = act
    return { ...said, by: names.people.get(personId) }
  }
  return inOrder.map((one) => ({
    ...(replaced.has(one.id) ? { key: keys.get(one.id) } : {}),
    ...{ title: one.title, description: one.description, entity: names.entities.get(one.entityId) },
    ...{ location: one.location, source: one.source, collector: one.collector },
    ...{ collectedBy: person(one.collectorId), addedBy: person(one.addedById) },
    about: one.aboutFrom === one.aboutTo ? one.aboutFrom : { from: one.aboutFrom, to: one.aboutTo },
    ...{ collected: one.collectedOn, collectedAt: one.collectedAt },
    ...{ valid: one.validityStated ? one.validUntil : null, tolerance: one.toleranceDays },
    files: one.files.map(({ digest, name }) => ({ file: `objects/${digest}`, name })),
    data: one.data && { kind: one.data.kind, file: `objects/${one.data.digest}` },
    for: usesOf(one),
    ...{ requirements: one.requirements, assets: one.assetIds.map((id) => assets.get(id)?.key) },
    review: named(one.review),
    replaces: one.replaces && keys.get(one.replaces),
    retain: one.retainUntil,
    hold: named(one.hold),
  }))
}
