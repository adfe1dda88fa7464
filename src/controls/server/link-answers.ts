import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Edition } from '../../frameworks/edition.ts'
import { linksAt, rationales, relationships } from '../../frameworks/library.ts'
import { idSchema } from '../../kernel/id.ts'
import { type LocalText, localText } from '../../kernel/language.ts'
import type { Control } from '../control.ts'
import { allControls } from './queries.ts'

const linkSchema = z.strictObject({
  requirement: z.string(),
  title: localText(1000),
  relationship: z.enum(relationships),
  rationale: z.enum(rationales),
  why: localText(2000),
  /** `library` links hold as long as the control is the library's; `own` ones are the organisation's to change. */
  source: z.enum(['library', 'own']),
})

const groupSchema = z.strictObject({
  requirement: z.string(),
  title: localText(1000),
  /** Codes of the controls that cover it between them, and ids of those that are here. */
  controls: z.array(z.strictObject({ id: idSchema.nullable(), code: z.string() })),
  why: localText(2000),
  source: z.enum(['library', 'own']),
})

export const editionLinksSchema = z.strictObject({
  edition: z.string(),
  name: localText(400),
  links: z.array(linkSchema),
  together: z.array(groupSchema),
})

const controlLinkSchema = z.strictObject({
  id: idSchema,
  code: z.string(),
  name: localText(200),
  relationship: z.enum(relationships),
  rationale: z.enum(rationales),
  why: localText(2000),
})

export const linksSchema = z.strictObject({
  editions: z.array(editionLinksSchema),
  /** Controls that this one carries out, or a part of which it does. */
  serves: z.array(controlLinkSchema),
  /** Controls by which this one is carried out. */
  servedBy: z.array(controlLinkSchema),
})

export type LinkAnswers = z.output<typeof linksSchema>
type EditionLinks = z.output<typeof editionLinksSchema>

const titleOf = (edition: Edition | undefined, id: string): LocalText => ({
  en: edition?.locales.en.titles[id] ?? id,
  ja: edition?.locales.ja.titles[id] ?? id,
})

type Codes = { byId: ReadonlyMap<string, Control>; byLibrary: ReadonlyMap<string, Control> }

function shippedOf(ctx: Context, one: Control, key: string, codes: Codes): EditionLinks {
  const edition = ctx.catalogue.editions.get(key)
  const file = linksAt(ctx.catalogue.library, one.libraryVersion).get(key)
  const source = 'library' as const
  const links = (file?.links ?? [])
    .filter((link) => link.control === one.libraryId)
    .flatMap(({ requirements, relationship, rationale, why }) =>
      requirements.map((requirement) => ({
        ...{ requirement, relationship, rationale, why, source },
        title: titleOf(edition, requirement),
      })),
    )
  const together = (file?.together ?? [])
    .filter((group) => one.libraryId !== null && group.controls.includes(one.libraryId))
    .map(({ requirement, controls, why }) => ({
      ...{ requirement, why, source },
      title: titleOf(edition, requirement),
      controls: controls.map((id) => {
        const here = codes.byLibrary.get(id)
        return { id: here?.id ?? null, code: here?.code ?? id }
      }),
    }))
  return { edition: key, name: edition?.framework.name ?? { en: key, ja: key }, links, together }
}

function ownOf(ctx: Context, one: Control, key: string, codes: Codes): EditionLinks {
  const edition = ctx.catalogue.editions.get(key)
  const source = 'own' as const
  return {
    edition: key,
    name: edition?.framework.name ?? { en: key, ja: key },
    links: one.requirementLinks
      .filter((link) => link.edition === key)
      .map(({ edition: _, ...link }) => ({ ...link, title: titleOf(edition, link.requirement), source })),
    together: one.together
      .filter((group) => group.edition === key)
      .map(({ requirement, controlIds, why }) => ({
        ...{ requirement, why, source },
        title: titleOf(edition, requirement),
        controls: controlIds.map((id) => ({ id, code: codes.byId.get(id)?.code ?? '—' })),
      })),
  }
}

/** What a control answers, edition by edition in the order of each, from the library and by the organisation's own word. */
export async function linksOf(ctx: Context, one: Control): Promise<LinkAnswers> {
  const all = await allControls(ctx)
  const codes = {
    byId: new Map(all.map((each) => [each.id, each])),
    byLibrary: new Map(
      all.flatMap((each) => (each.libraryId && each.retiredOn === null ? [[each.libraryId, each]] : [])),
    ),
  }
  const keys = [...ctx.catalogue.editions.keys()]
  const editions = keys.flatMap((key) => {
    const [shipped, own] = [shippedOf(ctx, one, key, codes), ownOf(ctx, one, key, codes)]
    const order = new Map(
      (ctx.catalogue.editions.get(key)?.requirements ?? []).map((node, at) => [node.id, at]),
    )
    const place = ({ requirement }: { requirement: string }) => order.get(requirement) ?? order.size
    // What the organisation says of a requirement itself stands in place of what the library says of it.
    const judged = new Set(own.links.map((link) => link.requirement))
    const others = shipped.links.filter((link) => !judged.has(link.requirement))
    const links = [...own.links, ...others].sort((a, b) => place(a) - place(b))
    const together = [...own.together, ...shipped.together].sort((a, b) => place(a) - place(b))
    return links.length + together.length > 0 ? [{ ...shipped, links, together }] : []
  })
  const named = (other: Control, { relationship, rationale, why }: Control['controlLinks'][number]) => ({
    ...{ id: other.id, code: other.code, name: other.name, relationship, rationale, why },
  })
  const serves = one.controlLinks.flatMap((link) => {
    const other = codes.byId.get(link.controlId)
    return other ? [named(other, link)] : []
  })
  const servedBy = all.flatMap((other) =>
    other.controlLinks.filter((link) => link.controlId === one.id).map((link) => named(other, link)),
  )
  return { editions, serves, servedBy }
}
