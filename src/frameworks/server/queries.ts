import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { notFound } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { type AdoptedEdition, adoptedEdition } from '../adopted-edition.ts'
import type { Edition } from '../edition.ts'
import { readOverlayBytes } from '../overlay-object.ts'
import { type OverlayRecord, overlayRecord } from '../overlay-record.ts'

export const adoptedEditions = (ctx: Context): Promise<AdoptedEdition[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, adoptedEdition, 'e'))
    .selectAll()
    .orderBy('key')
    .execute()

export const allOverlays = (ctx: Context): Promise<OverlayRecord[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, overlayRecord, 'o'))
    .selectAll()
    .orderBy('editionKey')
    .orderBy('language')
    .execute()

export async function findOverlay(ctx: Context, id: Id): Promise<OverlayRecord> {
  const found = (await allOverlays(ctx)).find((one) => one.id === id)
  if (!found) throw notFound('overlay')
  return found
}

export function findEdition(ctx: Context, key: string): Edition {
  const edition = ctx.catalogue.editions.get(key)
  if (!edition) throw notFound('edition')
  return edition
}

/**
 * Licensed text belongs to the organisation's own people, wherever in it they work; everybody else reads ids and
 * titles.
 */
export const mayReadOverlays = (ctx: Context): boolean =>
  ctx.can('overlay.read', 'organisation') ||
  ctx.actor.grants.some(
    ({ entityId }) => entityId !== null && ctx.can('overlay.read', { entities: [entityId] }),
  )

/** The attached overlays of an edition that the reader may see. */
export async function overlaysFor(ctx: Context, editionKey: string): Promise<OverlayRecord[]> {
  if (!mayReadOverlays(ctx)) return []
  return (await allOverlays(ctx)).filter((one) => one.editionKey === editionKey && !one.removed)
}

/**
 * The text of an overlay, by id of the node; null where the object is not here, as after an import: no export
 * carries licensed text, so it has to be attached again.
 */
export async function overlayTexts(
  ctx: Context,
  overlay: OverlayRecord,
): Promise<Record<string, string> | null> {
  if (!(await ctx.objects.has(overlay.digest))) return null
  const object = readOverlayBytes(await ctx.objects.get(overlay.digest))
  return object?.organisationId === ctx.organisationId ? object.texts : null
}
