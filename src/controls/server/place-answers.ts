import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { type Implementation, stances } from '../implementation.ts'
import { carriedAt, type Place } from '../inheritance.ts'

/** How one entity, or one service, stands to a control on the day asked about. */
export const placeSchema = z.strictObject({
  entityId: idSchema,
  serviceId: idSchema.nullable(),
  kind: z.enum(['own', 'inherited', 'none']),
  stance: z.enum(stances).nullable(),
  /** Why it does not operate, in the words of whoever decided it. */
  reason: localText(2000).nullable(),
  implementationId: idSchema.nullable(),
  /** The entity whose way is followed; null unless inherited. */
  fromEntityId: idSchema.nullable(),
  /** The entity whose way it would follow had it none of its own. */
  overridesEntityId: idSchema.nullable(),
})

export type PlaceAnswer = z.output<typeof placeSchema>

function placed(
  ctx: Context,
  all: readonly Implementation[],
  parents: Map<string, string | null>,
  place: Place,
) {
  const found = carriedAt(all, parents, place, ctx.asOf)
  if (found.kind === 'none')
    return {
      ...place,
      kind: found.kind,
      stance: null,
      reason: null,
      implementationId: null,
      fromEntityId: null,
      overridesEntityId: null,
    }
  return {
    ...place,
    kind: found.kind,
    stance: found.phase.stance,
    reason: found.phase.reason,
    implementationId: found.by.id,
    fromEntityId: found.kind === 'inherited' ? found.by.entityId : null,
    overridesEntityId: found.kind === 'own' ? (found.overrides?.entityId ?? null) : null,
  }
}

/**
 * Every entity within reach with the way in which it carries a control out, and the services that have one of their own.
 * What is inherited from beyond the reader's reach is named, because it is what their entity does.
 */
export async function placesOf(ctx: Context, all: readonly Implementation[]): Promise<PlaceAnswer[]> {
  const entities = await allEntities(ctx)
  const services = await allServices(ctx)
  const reached = await reachedEntities(ctx)
  const parents = new Map(entities.map((one) => [one.id, one.parentId]))
  const withOwn = new Set(all.map((one) => one.serviceId))
  return entities
    .filter((one) => reached === null || reached.includes(one.id))
    .flatMap((one) => [
      placed(ctx, all, parents, { entityId: one.id, serviceId: null }),
      ...services
        .filter((service) => service.entityId === one.id && withOwn.has(service.id))
        .map((service) => placed(ctx, all, parents, { entityId: one.id, serviceId: service.id })),
    ])
}
