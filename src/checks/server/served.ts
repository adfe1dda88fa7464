import { z } from 'zod'
import { assetsByIdentifier } from '../../assets/server/queries.ts'
import type { Implementation } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import { implementationsById } from '../../controls/server/implementation-queries.ts'
import { allControls, implementationsOf } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Day } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { lineText } from '../../kernel/text.ts'
import { keySchema } from '../../organisation/entity.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import type { Item } from '../collection.ts'
import { assetNamed } from './run-checks.ts'

const placeSchema = z.strictObject({
  control: lineText(40),
  entity: keySchema,
  service: keySchema.nullable().default(null),
})

/** What a collection is evidence for, as a collector names it: an implementation by its id, or by control and place. */
export const servedSchema = z.array(z.union([idSchema, placeSchema])).max(50)

type Served = z.output<typeof servedSchema>

/** Links of an item to what it serves, most of each. */
const most = 500

async function placed(ctx: Context, served: Served): Promise<(Id | null)[]> {
  const places = served.filter((one) => typeof one !== 'string')
  if (places.length === 0) return served.map((one) => (typeof one === 'string' ? one : null))
  const controls = new Map((await allControls(ctx)).map((one) => [one.code.toUpperCase(), one.id]))
  const entities = new Map((await allEntities(ctx)).map((one) => [one.key, one.id]))
  const services = new Map((await allServices(ctx)).map((one) => [one.key, one.id]))
  const named = places.flatMap(({ control }) => controls.get(control.toUpperCase()) ?? [])
  const running = (await implementationsOf(ctx, named)).filter((one) => one.endedOn === null)
  return served.map((one) => {
    if (typeof one === 'string') return one
    const controlId = controls.get(one.control.toUpperCase())
    const entityId = entities.get(one.entity)
    const serviceId = one.service === null ? null : services.get(one.service)
    const found = running.find(
      (each) => each.controlId === controlId && each.entityId === entityId && each.serviceId === serviceId,
    )
    return found?.id ?? null
  })
}

/** The implementations that a collector named, in its order. Refuses what is not there, or not any more. */
export async function servedBy(ctx: Context, served: Served): Promise<Implementation[]> {
  const ids = await placed(ctx, served)
  const found = new Map(
    (
      await implementationsById(
        ctx,
        ids.filter((id) => id !== null),
      )
    ).map((one) => [one.id, one]),
  )
  const problems: FieldProblem[] = []
  const implementations = new Map<Id, Implementation>()
  ids.forEach((id, index) => {
    const one = id === null ? undefined : found.get(id)
    // Where this actor may push nothing, an implementation is as unknown as one that is not there.
    const open = one?.endedOn === null && ctx.can('collection.push', { entities: [one.entityId] })
    if (!one || !open) problems.push(fieldProblem(`/for/${index}`, 'collection.serves_nothing'))
    else implementations.set(one.id, one)
  })
  refuseInvalid(problems)
  return [...implementations.values()]
}

/**
 * The occurrences of implementations that data about a day shows: of each, the one whose period has that day, else the
 * last one that is over and still within its time.
 */
async function occurrencesOn(ctx: Context, implementationIds: readonly Id[], day: Day): Promise<Id[]> {
  if (implementationIds.length === 0) return []
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, occurrence, 'o'))
    .select(['id', 'implementationId'])
    .where('implementationId', 'in', [...implementationIds])
    .where('cancelled', 'is', null)
    .where('periodFrom', '<=', day)
    .where('dueBy', '>=', day)
    .orderBy('periodFrom', 'desc')
    .orderBy('id')
    .execute()
  const chosen = new Map<Id, Id>()
  for (const { id, implementationId } of rows)
    if (!chosen.has(implementationId)) chosen.set(implementationId, id)
  return [...chosen.values()]
}

/** The assets within an entity that items are about. */
async function assetsSeen(ctx: Context, items: readonly Item[], entityId: Id): Promise<Id[]> {
  const names = await assetsByIdentifier(
    ctx,
    items.flatMap((item) => [item.resource, ...item.names]),
  )
  const seen = items.flatMap((item) => {
    const one = assetNamed(names, item)
    return one && ctx.ancestors(one.entityId).includes(entityId) ? [one.id] : []
  })
  return [...new Set(seen)].slice(0, most)
}

/** What an item of evidence made of a collection is linked to. */
export async function linksOfCollection(
  ctx: Context,
  implementations: readonly Implementation[],
  { items, aboutTo, entityId }: { items: readonly Item[]; aboutTo: Day; entityId: Id },
): Promise<{ implementationIds: Id[]; occurrenceIds: Id[]; assetIds: Id[] }> {
  const implementationIds = implementations.map(({ id }) => id)
  return {
    implementationIds,
    occurrenceIds: await occurrencesOn(ctx, implementationIds, aboutTo),
    assetIds: await assetsSeen(ctx, items, entityId),
  }
}
