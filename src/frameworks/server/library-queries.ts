import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { Problem } from '../../kernel/error.ts'
import type { Edition } from '../edition.ts'
import { bilingualSchema, keySchema } from '../fields.ts'
import { domainSchema, type Library, libraryControlSchema, linkSchema, type Together } from '../library.ts'
import { coverages, reachOf } from '../library-reach.ts'
import { adoptedEditions, findEdition } from './queries.ts'

const named = z.strictObject({ id: z.string(), titles: bilingualSchema })
const reach = linkSchema.pick({ relationship: true, rationale: true, why: true })
const linkCount = z.strictObject({ edition: keySchema, requirements: z.int().min(0) })

const controlSummary = libraryControlSchema
  .omit({ practice: true, evidence: true })
  .extend({ links: z.array(linkCount) })

const libraryAnswer = z.strictObject({
  id: keySchema,
  version: z.string(),
  licence: z.string(),
  /** Digest of the wording in the log; null before it was adopted. */
  digest: z.string().nullable(),
  domains: z.array(domainSchema),
  controls: z.array(controlSummary),
  editions: z.array(z.strictObject({ key: keySchema, name: bilingualSchema })),
})

/** How many requirements of each edition a control is linked to. */
const countsOf = ({ links }: Library, control: string) =>
  [...links].map(([edition, file]) => ({
    edition,
    requirements: file.links.reduce(
      (sum, link) => sum + (link.control === control ? link.requirements.length : 0),
      0,
    ),
  }))

/** The common controls by domain, with how much of each edition each is linked to. */
export const getLibrary: Query<Context, Record<string, never>, z.output<typeof libraryAnswer>> = {
  kind: 'query',
  noun: 'edition',
  action: 'read',
  input: z.strictObject({}),
  output: libraryAnswer,
  scope: () => 'filtered',
  async run(ctx) {
    const { library } = ctx.catalogue
    const { id, version, licence, domains, controls, links } = library
    const digest = (await adoptedEditions(ctx)).find((one) => one.key === id)?.digest ?? null
    return {
      ...{ id, version, licence, digest, domains: [...domains] },
      controls: [...controls.values()].map(({ practice: _, evidence: __, ...control }) => ({
        ...control,
        links: countsOf(library, control.id),
      })),
      editions: [...links.keys()].map((key) => ({ key, name: findEdition(ctx, key).framework.name })),
    }
  },
}

const togetherAnswer = z.strictObject({ requirement: named, controls: z.array(named), why: bilingualSchema })

const controlAnswer = z.strictObject({
  control: libraryControlSchema,
  domain: domainSchema,
  version: z.string(),
  editions: z.array(
    z.strictObject({
      key: keySchema,
      name: bilingualSchema,
      links: z.array(reach.extend({ requirement: named })),
      together: z.array(togetherAnswer),
    }),
  ),
})

const titlesOf = (edition: Edition, id: string) => ({
  id,
  titles: { en: edition.locales.en.titles[id] ?? id, ja: edition.locales.ja.titles[id] ?? id },
})

const controlNamed = ({ controls }: Library, id: string) => ({
  id,
  titles: controls.get(id)?.title ?? { en: id, ja: id },
})

const togetherOf = (library: Library, edition: Edition, groups: readonly Together[]) =>
  groups.map(({ requirement, controls, why }) => ({
    requirement: titlesOf(edition, requirement),
    controls: controls.map((id) => controlNamed(library, id)),
    why,
  }))

/** One common control with every requirement it is linked to, in the order of each edition, and why. */
export const getControl: Query<Context, { control: string }, z.output<typeof controlAnswer>> = {
  kind: 'query',
  noun: 'edition',
  action: 'read',
  input: z.strictObject({ control: z.string().max(40) }),
  output: controlAnswer,
  scope: () => 'filtered',
  async run(ctx, { control: id }) {
    const { library } = ctx.catalogue
    const control = library.controls.get(id)
    const domain = library.domains.find((one) => one.id === control?.domain)
    if (!control || !domain) throw new Problem('not_found', 'edition.control_unknown', { id })
    const editions = [...library.links].flatMap(([key, file]) => {
      const edition = findEdition(ctx, key)
      const order = new Map(edition.requirements.map((node, at) => [node.id, at]))
      const links = file.links
        .filter((link) => link.control === id)
        .flatMap(({ requirements, relationship, rationale, why }) =>
          requirements.map((one) => ({
            requirement: titlesOf(edition, one),
            ...{ relationship, rationale, why },
          })),
        )
        .sort((a, b) => (order.get(a.requirement.id) ?? 0) - (order.get(b.requirement.id) ?? 0))
      const groups = file.together.filter((group) => group.controls.includes(id))
      const { name } = edition.framework
      return links.length === 0 ? [] : [{ key, name, links, together: togetherOf(library, edition, groups) }]
    })
    return { control, domain, version: library.version, editions }
  },
}

const reachedAnswer = z.strictObject({
  coverage: z.enum(coverages),
  reaches: z.array(reach.extend({ control: named, through: z.string().nullable() })),
  together: z.array(togetherAnswer),
})

/** The common controls that reach a requirement of an edition, how far, and why. */
export const getReach: Query<
  Context,
  { key: string; requirement: string },
  z.output<typeof reachedAnswer>
> = {
  kind: 'query',
  noun: 'edition',
  action: 'read',
  input: z.strictObject({ key: keySchema, requirement: z.string().max(40) }),
  output: reachedAnswer,
  scope: () => 'filtered',
  async run(ctx, { key, requirement: id }) {
    const { library } = ctx.catalogue
    const edition = findEdition(ctx, key)
    const found = reachOf(library.links.get(key), edition).get(id)
    if (!found) throw new Problem('not_found', 'edition.requirement_unknown', { id, edition: key })
    const reaches = found.reaches.map((one) => ({ ...one, control: controlNamed(library, one.control) }))
    return { coverage: found.coverage, reaches, together: togetherOf(library, edition, found.together) }
  },
}
