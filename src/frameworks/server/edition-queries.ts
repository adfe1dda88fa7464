import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { countRequirements } from '../count.ts'
import { countModes, type Edition, frameworkSchema, requirementSchema } from '../edition.ts'
import { bilingualSchema, keySchema } from '../fields.ts'
import { coverages, reachSummary } from '../library-reach.ts'
import { overlayRecord } from '../overlay-record.ts'
import { acceptsInitialAudit, editionStatus, editionStatuses } from '../status.ts'
import {
  adoptedEditions,
  allOverlays,
  findEdition,
  mayReadOverlays,
  overlaysFor,
  overlayTexts,
} from './queries.ts'

const overlayInfo = overlayRecord.schema.pick({
  id: true,
  version: true,
  language: true,
  licenceHolder: true,
  texts: true,
})

const countSchema = z.strictObject({ mode: z.enum(countModes), count: z.int().min(0) })

const editionSummary = frameworkSchema
  .pick({ key: true, family: true, publisher: true, edition: true, name: true, requirements: true })
  .extend({
    lifecycle: frameworkSchema.shape.lifecycle,
    localEquivalents: frameworkSchema.shape.localEquivalents,
    categories: z.array(z.strictObject({ key: keySchema, titles: bilingualSchema })),
    status: z.enum(editionStatuses),
    acceptsInitialAudit: z.boolean(),
    counts: z.array(countSchema),
    /** Digest of the wording in the log; null before it was adopted. */
    digest: z.string().nullable(),
    overlays: z.array(overlayInfo),
  })

export type EditionSummary = z.output<typeof editionSummary>

const titlesIn = (edition: Edition, section: 'titles' | 'categories', key: string) => ({
  en: edition.locales.en[section][key] ?? key,
  ja: edition.locales.ja[section][key] ?? key,
})

/** What an edition is on the day of the reading, with numbers counted from its nodes. */
function summaryOf(
  ctx: Context,
  edition: Edition,
  digest: string | null,
  overlays: EditionSummary['overlays'],
): EditionSummary {
  const { framework } = edition
  const { key, family, publisher, name, requirements, lifecycle, localEquivalents } = framework
  const successor = ctx.catalogue.editions.get(lifecycle.supersededBy ?? '')?.framework
  return {
    ...{ key, family, publisher, edition: framework.edition, name, requirements, lifecycle },
    localEquivalents,
    categories: framework.categories.map((one) => ({
      key: one.key,
      titles: titlesIn(edition, 'categories', one.key),
    })),
    status: editionStatus(framework, successor, ctx.asOf),
    acceptsInitialAudit: acceptsInitialAudit(framework, ctx.asOf),
    counts: framework.countModes.map((mode) => ({ mode, count: countRequirements(edition, { mode }).count })),
    digest,
    overlays,
  }
}

const infoOf = (record: z.output<typeof overlayRecord.schema>) => overlayInfo.strip().parse(record)

const abilitiesOf = (ctx: Context): string[] =>
  (['attach', 'remove'] as const).filter((action) => ctx.can(`overlay.${action}`, 'organisation'))

type EditionList = { items: EditionSummary[]; abilities: string[] }

/** Every shipped edition with its life cycle, its status on the day, and its counts. */
export const listEditions: Query<Context, Record<string, never>, EditionList> = {
  kind: 'query',
  noun: 'edition',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(editionSummary), abilities: z.array(z.string()) }),
  scope: () => 'filtered',
  async run(ctx) {
    const digests = new Map((await adoptedEditions(ctx)).map((one) => [one.key, one.digest]))
    const overlays = mayReadOverlays(ctx) ? (await allOverlays(ctx)).filter((one) => !one.removed) : []
    const items = [...ctx.catalogue.editions.values()].map((edition) =>
      summaryOf(
        ctx,
        edition,
        digests.get(edition.key) ?? null,
        overlays.filter((one) => one.editionKey === edition.key).map(infoOf),
      ),
    )
    return { items, abilities: abilitiesOf(ctx) }
  },
}

const nodeSchema = requirementSchema.extend({
  titles: bilingualSchema,
  /** Licensed text per language, where it is attached and the reader may see it. */
  text: z.strictObject({ en: z.string().optional(), ja: z.string().optional() }).optional(),
  /** How far the common controls reach it; absent where the library has no links to the edition. */
  reach: z.strictObject({ coverage: z.enum(coverages), controls: z.int().min(0) }).optional(),
})

const editionDetail = editionSummary.extend({
  nodes: z.array(nodeSchema),
  licenceNote: z.string(),
  abilities: z.array(z.string()),
})

type EditionDetail = z.output<typeof editionDetail>

/** One edition with its tree of requirements in both languages and the licensed text that the reader may see. */
export const getEdition: Query<Context, { key: string }, EditionDetail> = {
  kind: 'query',
  noun: 'edition',
  action: 'read',
  input: z.strictObject({ key: keySchema }),
  output: editionDetail,
  scope: () => 'filtered',
  async run(ctx, { key }) {
    const edition = findEdition(ctx, key)
    const overlays = await overlaysFor(ctx, key)
    const texts = new Map<string, { en?: string; ja?: string }>()
    for (const overlay of overlays) {
      for (const [id, text] of Object.entries((await overlayTexts(ctx, overlay)) ?? {})) {
        texts.set(id, { ...texts.get(id), [overlay.language]: text })
      }
    }
    const digest = (await adoptedEditions(ctx)).find((one) => one.key === key)?.digest ?? null
    const reached = reachSummary(ctx.catalogue.library.links.get(key), edition)
    const nodes = edition.requirements.map((node) => {
      const [text, reach] = [texts.get(node.id), reached.get(node.id)]
      return {
        ...{ ...node, titles: titlesIn(edition, 'titles', node.id) },
        ...(text ? { text } : {}),
        ...(reach ? { reach } : {}),
      }
    })
    const { licenceNote } = edition.framework
    return {
      ...summaryOf(ctx, edition, digest, overlays.map(infoOf)),
      nodes,
      licenceNote,
      abilities: abilitiesOf(ctx),
    }
  },
}
