import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { entitiesById } from '../../organisation/server/queries.ts'
import { partId, restId } from '../drawing/cut.ts'
import type { Box } from '../drawing/shapes.ts'
import type { KeptAsset } from '../held.ts'
import type { OnDay } from '../inheritance.ts'
import { forEach, properties } from '../property.ts'
import type { DrawnAssets, GraphInput } from './graph-input.ts'
import type { CountedPart, Grouping } from './graph-parts.ts'
import { assetsById } from './queries.ts'

const effectiveOf = ({ levels }: OnDay, numbers: readonly number[]): Box['effective'] =>
  forEach((property) => {
    const column = levels[properties.indexOf(property)]
    return numbers.reduce((most, at) => Math.max(most, column?.[at] ?? 0), 0) || null
  })

const sum = (parts: readonly CountedPart[], of: (part: CountedPart) => number) =>
  parts.reduce((total, one) => total + of(one), 0)

type Place = Pick<Box, 'id' | 'type' | 'parent' | 'key' | 'name' | 'kind' | 'entityId' | 'open'>

function groupOf(day: OnDay, place: Place, parts: readonly CountedPart[]): Box {
  const numbers = parts.flatMap((one) => one.numbers)
  return {
    ...place,
    assets: numbers.length,
    personal: sum(parts, (one) => one.personal),
    card: sum(parts, (one) => one.card),
    notInUse: numbers.reduce((count, at) => count + (day.inUse[at] ? 0 : 1), 0),
    effective: effectiveOf(day, numbers),
    beyond: 0,
  }
}

/** Boxes of single assets: one query for what people call them. */
export async function assetBoxes(
  ctx: Context,
  day: OnDay,
  places: readonly { at: number; fact: KeptAsset; parent: string | null; beyond: number }[],
): Promise<Box[]> {
  const rows = await assetsById(
    ctx,
    places.map(({ fact }) => fact.id),
  )
  const byId = new Map(rows.map((one) => [one.id, one]))
  return places.flatMap(({ at, fact, parent, beyond }): Box[] => {
    const row = byId.get(fact.id)
    if (!row) return []
    const place = {
      id: fact.id,
      type: 'asset' as const,
      parent,
      key: row.key,
      name: row.name,
      kind: row.kind,
    }
    return [
      {
        ...{ ...place, entityId: row.entityId, open: false, assets: 1, beyond },
        ...{
          personal: row.personalData ? 1 : 0,
          card: row.cardData ? 1 : 0,
          notInUse: day.inUse[at] ? 0 : 1,
        },
        effective: effectiveOf(day, [at]),
      },
    ]
  })
}

/** A group is named by its entity or by its kind; one of both stands within one of either. */
async function namesFor(ctx: Context, by: Grouping) {
  const entities = await entitiesById(ctx)
  const ofEntity = (id: Id, key: string) => ({ key, name: entities.get(id)?.name ?? null, kind: null })
  const ofKind = (one: CountedPart) => ({ key: one.kind, name: null, kind: one.kind })
  return {
    top: (one: CountedPart) =>
      by === 'entity'
        ? { ...ofEntity(one.entityId, one.top), entityId: one.entityId }
        : { ...ofKind(one), entityId: null },
    second: (one: CountedPart) => ({
      ...(by === 'entity' ? ofKind(one) : ofEntity(one.entityId, one.second)),
      entityId: one.entityId,
      kind: one.kind,
    }),
  }
}

/** Everything that is drawn: groups, what stands in the open ones, and the rest of those that are too large. */
export async function allBoxes(ctx: Context, { graph, day, parts, cut }: DrawnAssets, { by }: GraphInput) {
  const names = await namesFor(ctx, by)
  const boxes: Box[] = []
  const places: Parameters<typeof assetBoxes>[2][number][] = []
  for (const [top, within] of Map.groupBy(parts, (one) => one.top)) {
    const [some] = within
    if (!some) continue
    const open = cut.open.has(top)
    const place = { id: top, type: 'group' as const, parent: null, open }
    boxes.push(groupOf(day, { ...place, ...names.top(some) }, within))
    for (const part of open ? within : []) {
      const id = partId(part)
      const inside = {
        id,
        type: 'group' as const,
        parent: top,
        open: cut.open.has(id),
        ...names.second(part),
      }
      boxes.push(groupOf(day, inside, [part]))
      const own = cut.shown.get(id) ?? []
      for (const at of own) {
        const fact = graph.facts[at]
        if (fact) places.push({ at, fact, parent: id, beyond: 0 })
      }
      if (inside.open && own.length < part.numbers.length)
        boxes.push(restOf(day, { ...inside, open: false }, part, new Set(own)))
    }
  }
  return [...boxes, ...(await assetBoxes(ctx, day, places))]
}

/** Of the rest only is known how many they are and what they are worth; who holds which data the register says. */
function restOf(day: OnDay, place: Place, part: CountedPart, own: ReadonlySet<number>): Box {
  const numbers = part.numbers.filter((at) => !own.has(at))
  const rest = { ...part, numbers, personal: 0, card: 0 }
  return { ...groupOf(day, place, [rest]), id: restId(place.id), type: 'rest', parent: place.id }
}
