import type { Context } from '../../db/context.ts'
import type { Scope } from '../../kernel/command.ts'
import type { Id } from '../../kernel/id.ts'
import { allServices } from '../../organisation/server/queries.ts'
import { allProgrammes, scopeOfProgramme } from './queries.ts'

/** The entities in scope of an engagement's programmes, and all above them: what those inherit from is part of the audit. */
async function engagedEntities(ctx: Context, certificates: readonly Id[]): Promise<ReadonlyMap<Id, Id>> {
  const services = await allServices(ctx)
  const engaged = new Map<Id, Id>()
  for (const one of await allProgrammes(ctx)) {
    const { certificateId } = one
    const scope = scopeOfProgramme(one, services)
    if (certificateId === null || !certificates.includes(certificateId) || scope === 'organisation') continue
    for (const entity of scope.entities.flatMap((id) => ctx.ancestors(id))) engaged.set(entity, certificateId)
  }
  return engaged
}

/**
 * The entities whose controls and evidence the actor may see under the permission in hand: those of their grants, and
 * for an external auditor those of the programmes of their engagements. Null is all.
 */
export async function reachedEntities(ctx: Context): Promise<readonly Id[] | null> {
  if (ctx.visible === null) return null
  const { entities, certificates } = ctx.visible
  if (certificates.length === 0) return entities
  return [...new Set([...entities, ...(await engagedEntities(ctx, certificates)).keys()])]
}

/** Scope for reading something of an entity: its own, and the engagement that reaches it, if one does. */
export async function readingScope(ctx: Context, entities: readonly Id[]): Promise<Scope> {
  if (ctx.visible === null || ctx.visible.certificates.length === 0) return { entities }
  const engaged = await engagedEntities(ctx, ctx.visible.certificates)
  const certificateId = entities.map((entity) => engaged.get(entity)).find((id) => id !== undefined)
  return certificateId === undefined ? { entities } : { entities, certificateId }
}
