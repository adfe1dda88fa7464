import { asset } from '../../assets/asset.ts'
import { control } from '../../controls/control.ts'
import { implementation } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { type Evidence, evidence } from '../../evidence/evidence.ts'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { nameOf } from './evidence-facts.ts'
import { everyRecord } from './run.ts'
import type { Names } from './write-programmes.ts'

type Use = {
  control: string | undefined
  entity: string | undefined
  service: string | null | undefined
  ended: Day | null
}

/** The places that an item shows: each implementation, and each of its occurrences. */
async function uses(ctx: Context, names: Names) {
  const controls = await everyOf(ctx, control)
  const implementations = await everyOf(ctx, implementation)
  const occurrences = await everyOf(ctx, occurrence)
  const placeOf = (id: Id): Use[] => {
    const one = implementations.get(id)
    if (!one) return []
    return [
      {
        control: controls.get(one.controlId)?.code,
        entity: names.entities.get(one.entityId),
        service: one.serviceId && names.services.get(one.serviceId),
        ended: one.endedOn,
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

/** An item comes after the one that it replaces: the file names it by its key. */
function predecessorsFirst(items: readonly Evidence[], orderOf: (one: Evidence) => string): Evidence[] {
  const byId = new Map(items.map((one) => [one.id, one]))
  const placed = new Set<Id>()
  const ordered: Evidence[] = []
  for (const item of items.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))) {
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

/** What is still known of an item whose files were disposed of: their names and digests, never their content. */
function disposedPart({ disposed, files, data }: Evidence) {
  if (disposed === null) return null
  return { ...disposed, files: files.map(({ id: _, ...facts }) => facts), data }
}

async function partOf(ctx: Context, names: Names) {
  const usesOf = await uses(ctx, names)
  const assets = await everyOf(ctx, asset)
  const person = (id: Id | null) => id && names.people.get(id)
  // Somebody who left has no key: what they did is history that no file can bring.
  const named = <T extends { personId: Id }>(act: T | null) => {
    if (act === null || !names.people.has(act.personId)) return null
    const { personId, ...said } = act
    return { ...said, by: names.people.get(personId) }
  }
  return (one: Evidence) => ({
    ...{ title: one.title, description: one.description, entity: names.entities.get(one.entityId) },
    ...{ location: one.location, source: one.source, collector: one.collector },
    ...{ collectedBy: person(one.collectorId), addedBy: person(one.addedById) },
    about: one.aboutFrom === one.aboutTo ? one.aboutFrom : { from: one.aboutFrom, to: one.aboutTo },
    ...{ collected: one.collectedOn, collectedAt: one.collectedAt },
    ...{ valid: one.validityStated ? one.validUntil : null, tolerance: one.toleranceDays },
    files: one.disposed ? [] : one.files.map(({ digest, name }) => ({ file: `objects/${digest}`, name })),
    data: one.disposed ? null : one.data && { kind: one.data.kind, file: `objects/${one.data.digest}` },
    for: usesOf(one),
    ...{ requirements: one.requirements, assets: one.assetIds.map((id) => assets.get(id)?.key).sort() },
    review: named(one.review),
    retain: one.retainUntil,
    hold: named(one.hold),
    withdrawn: one.withdrawn,
    disposed: disposedPart(one),
  })
}

/** Every item with its key, those that are named elsewhere in the file (`keyed`) or replaced showing it. */
export async function evidenceParts(ctx: Context, names: Names, keyed: ReadonlySet<Id> = new Set()) {
  const all = await everyRecord(ctx, evidence)
  const toPart = await partOf(ctx, names)
  const parts = new Map(all.map((one) => [one.id, toPart(one)]))
  // By what an item says and not by its id: the same items stand in the same order wherever they were brought.
  const orders = new Map(
    all.map((one) => [
      one.id,
      `${one.aboutTo} ${one.collectedOn} ${one.title} ${JSON.stringify(parts.get(one.id))}`,
    ]),
  )
  const inOrder = predecessorsFirst(all, (one) => orders.get(one.id) ?? '')
  const alike = Map.groupBy(all, nameOf)
  const shown = new Set([
    ...keyed,
    ...inOrder.flatMap((one) => one.replaces ?? []),
    ...[...alike.values()].flatMap((group) => (group.length > 1 ? group.map((one) => one.id) : [])),
  ])
  const keys = new Map(inOrder.map((one, index) => [one.id, `item-${index + 1}`]))
  const items = inOrder.map((one) => ({
    ...(shown.has(one.id) ? { key: keys.get(one.id) } : {}),
    ...parts.get(one.id),
    replaces: one.replaces && keys.get(one.replaces),
  }))
  return { items, keys }
}
