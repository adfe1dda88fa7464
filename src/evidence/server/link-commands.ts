import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save, saveAll } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { idSchema } from '../../kernel/id.ts'
import { type Evidence, evidence } from '../evidence.ts'
import { derivedValidity } from '../rules.ts'
import { evidenceById, findEvidence, refuseEnded, scopeOfEvidence } from './found.ts'
import { judgeLinks, type Links } from './links.ts'

const { shape } = evidence.schema

const linksInput = {
  implementationIds: shape.implementationIds.default([]),
  occurrenceIds: shape.occurrenceIds.default([]),
  requirements: shape.requirements.default([]),
  assetIds: shape.assetIds.default([]),
}

const mostLinks = 500

const same = (a: Links['requirements'][number], b: Links['requirements'][number]) =>
  a.edition === b.edition && a.requirement === b.requirement

const joined = (before: Links, more: Links): Links => ({
  implementationIds: [...new Set([...before.implementationIds, ...more.implementationIds])],
  occurrenceIds: [...new Set([...before.occurrenceIds, ...more.occurrenceIds])],
  assetIds: [...new Set([...before.assetIds, ...more.assetIds])],
  requirements: [
    ...before.requirements,
    ...more.requirements.filter((one) => !before.requirements.some((other) => same(one, other))),
  ],
})

const without = (before: Links, less: Links): Links => ({
  implementationIds: before.implementationIds.filter((id) => !less.implementationIds.includes(id)),
  occurrenceIds: before.occurrenceIds.filter((id) => !less.occurrenceIds.includes(id)),
  assetIds: before.assetIds.filter((id) => !less.assetIds.includes(id)),
  requirements: before.requirements.filter((one) => !less.requirements.some((other) => same(one, other))),
})

/** The item with other links; where it does not say how long it speaks, they decide it anew. */
async function linked(ctx: Context, before: Evidence, links: Links): Promise<Evidence> {
  const { problems, implementations } = await judgeLinks(ctx, links, before)
  refuseInvalid(problems)
  for (const [field, list] of Object.entries(links))
    if (list.length > mostLinks)
      refuseInvalid([fieldProblem(`/${field}`, 'evidence.too_many_links', { limit: mostLinks })])
  return {
    ...before,
    ...links,
    validUntil: before.validityStated ? before.validUntil : derivedValidity(before, implementations),
  }
}

const linkInput = z.strictObject({ id: idSchema, version: shape.version, ...linksInput })
type LinkInput = z.output<typeof linkInput>

const linking = (change: typeof joined, event: string): Command<Context, LinkInput, Evidence> => ({
  kind: 'command',
  noun: 'evidence',
  action: 'link',
  input: linkInput,
  output: evidence.schema,
  scope: (ctx, { id }) => scopeOfEvidence(ctx, id),
  async run(ctx, { id, version, ...links }) {
    const before = await findEvidence(ctx, id)
    refuseEnded(before)
    const after = await linked(ctx, before, change(before, links))
    return save(ctx, evidence, event, { ...after, version })
  },
})

/** Says what else an item is for. */
export const linkEvidence = linking(joined, 'evidence.linked')

/** Says what an item is not for after all. */
export const unlinkEvidence = linking(without, 'evidence.unlinked')

const itemsInput = z
  .array(z.strictObject({ id: idSchema, version: shape.version }))
  .min(1)
  .max(200)

const bulkInput = z.strictObject({ items: itemsInput, ...linksInput })

/** The items named, in their order; unknown ones and ones named twice are refused. */
export async function itemsNamed(
  ctx: Context,
  items: readonly { id: Id; version: number }[],
): Promise<Evidence[]> {
  const found = new Map(
    (
      await evidenceById(
        ctx,
        items.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  )
  const problems = items.flatMap(({ id }, index) => {
    if (!found.has(id)) return [fieldProblem(`/items/${index}/id`, 'record.reference_unknown')]
    const twice = items.findIndex((one) => one.id === id) < index
    return twice ? [fieldProblem(`/items/${index}/id`, 'evidence.link_twice')] : []
  })
  refuseInvalid(problems)
  return items.flatMap(({ id, version }) => {
    const one = found.get(id)
    return one ? [{ ...one, version }] : []
  })
}

/** Every entity of the items: whoever changes many must reach them all. One unknown item makes all unknown. */
export async function scopeOfItems(ctx: Context, items: readonly { id: Id }[]): Promise<{ entities: Id[] }> {
  const found = await evidenceById(
    ctx,
    items.map(({ id }) => id),
  )
  if (found.length < new Set(items.map(({ id }) => id)).size)
    throw new Problem('not_found', 'record.not_found', { noun: 'evidence' })
  return { entities: [...new Set(found.map(({ entityId }) => entityId))] }
}

/** The same links for many items, or for none. */
export const linkMany: Command<Context, z.output<typeof bulkInput>, { items: Evidence[] }> = {
  kind: 'command',
  noun: 'evidence',
  action: 'link',
  input: bulkInput,
  output: z.strictObject({ items: z.array(evidence.schema) }),
  scope: (ctx, { items }) => scopeOfItems(ctx, items),
  async run(ctx, { items, ...links }) {
    const after: Evidence[] = []
    for (const one of await itemsNamed(ctx, items)) {
      refuseEnded(one)
      after.push(await linked(ctx, one, joined(one, links)))
    }
    return { items: await saveAll(ctx, evidence, 'evidence.linked', after) }
  },
}
