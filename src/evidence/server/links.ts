import { assetsById } from '../../assets/server/queries.ts'
import type { Implementation } from '../../controls/implementation.ts'
import { implementationsById } from '../../controls/server/implementation-queries.ts'
import { occurrencesById } from '../../controls/server/occurrence-queries.ts'
import type { Context } from '../../db/context.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import type { Evidence } from '../evidence.ts'
import { repeated } from '../rules.ts'

export type Links = Pick<Evidence, 'implementationIds' | 'occurrenceIds' | 'requirements' | 'assetIds'>

/** Links that an item has already were judged when they came to be: what has gone since does not keep it from changing. */
type Judged = { problems: FieldProblem[]; implementations: Implementation[] }

type Linkable = { id: Id; entityId: Id }

function linkProblems(
  ctx: Context,
  pointer: string,
  ids: readonly Id[],
  known: readonly Linkable[],
  before: readonly Id[],
): FieldProblem[] {
  const byId = new Map(known.map((one) => [one.id, one]))
  return ids.flatMap((id, index) => {
    if (before.includes(id)) return []
    const found = byId.get(id)
    const at = `/${pointer}/${index}`
    if (!found) return [fieldProblem(at, 'record.reference_unknown')]
    // Evidence makes something green: only who answers for that place may say that it does.
    return ctx.can('evidence.link', { entities: [found.entityId] })
      ? []
      : [fieldProblem(at, 'evidence.entity_elsewhere')]
  })
}

function requirementProblems(ctx: Context, wanted: Links['requirements']): FieldProblem[] {
  return wanted.flatMap(({ edition, requirement }, index) =>
    ctx.catalogue.editions.get(edition)?.requirements.some(({ id }) => id === requirement)
      ? []
      : [fieldProblem(`/requirements/${index}`, 'record.reference_unknown')],
  )
}

/**
 * Checks every record that an item is linked to: it exists here, and the actor may use evidence at its entity. Gives
 * the implementations too, those of the occurrences included, whose times decide how long the item speaks.
 */
export async function judgeLinks(ctx: Context, links: Links, before: Links | null): Promise<Judged> {
  const occurrences = await occurrencesById(ctx, links.occurrenceIds)
  const wanted = [...links.implementationIds, ...occurrences.map((one) => one.implementationId)]
  const implementations = await implementationsById(ctx, wanted)
  const entityOf = new Map(implementations.map((one) => [one.id, one.entityId]))
  const assets = await assetsById(ctx, links.assetIds)
  const places = occurrences.flatMap(({ id, implementationId }) => {
    const entityId = entityOf.get(implementationId)
    return entityId === undefined ? [] : [{ id, entityId }]
  })
  const { implementationIds, occurrenceIds, requirements, assetIds } = links
  const names = requirements.map(({ edition, requirement }) => `${edition} ${requirement}`)
  const problems = [
    ...repeated('implementationIds', implementationIds),
    ...repeated('occurrenceIds', occurrenceIds),
    ...repeated('requirements', names),
    ...repeated('assetIds', assetIds),
    ...linkProblems(
      ctx,
      'implementationIds',
      implementationIds,
      implementations,
      before?.implementationIds ?? [],
    ),
    ...linkProblems(ctx, 'occurrenceIds', occurrenceIds, places, before?.occurrenceIds ?? []),
    ...linkProblems(ctx, 'assetIds', assetIds, assets, before?.assetIds ?? []),
    ...requirementProblems(ctx, requirements),
  ]
  return { problems, implementations }
}
