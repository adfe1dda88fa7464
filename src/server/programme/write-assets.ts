import { asset } from '../../assets/asset.ts'
import { assetScale } from '../../assets/scale.ts'
import type { Context } from '../../db/context.ts'
import { formerParts } from './former.ts'
import { everyRecord } from './run.ts'
import type { Names } from './write-programmes.ts'

/** The scale as a file has it; nothing where none was laid down. */
export async function assetScalePart(ctx: Context) {
  const [one] = await everyRecord(ctx, assetScale)
  return one && { levels: one.levels, classifications: one.classifications }
}

export async function assetParts(ctx: Context, { entities, services, people }: Names) {
  const all = (await everyRecord(ctx, asset)).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const keys = new Map(all.map((one) => [one.id, one.key]))
  return all.map((one) => ({
    ...{ key: one.key, name: one.name, description: one.description, kind: one.kind },
    entity: entities.get(one.entityId),
    services: one.serviceIds.map((id) => services.get(id)),
    owner: one.ownerId && people.get(one.ownerId),
    ...formerParts(one.former, people),
    ...{ classification: one.classification, value: one.value, override: one.override },
    // What holds for most is left out.
    ...{ personalData: one.personalData || null, cardData: one.cardData || null },
    ...{ location: one.location, retention: one.retention },
    dependsOn: one.dependsOn.map((id) => keys.get(id)),
    identifiers: one.identifiers,
    inUse: { from: one.inUseFrom, to: one.inUseTo },
  }))
}
