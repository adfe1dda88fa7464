import { z } from 'zod'
import { protectsSchema } from '../assets/protects.ts'
import { keySchema } from './fields.ts'

/** Suggested rhythm of a control; an organisation sets its own, which PCI DSS ties to a targeted risk analysis. */
export const controlFrequencies = [
  'continuous',
  'daily',
  'weekly',
  'monthly',
  '3-months',
  '6-months',
  '12-months',
  'on-event',
] as const
export const controlNatures = ['preventive', 'detective', 'corrective'] as const
export const controlAutomations = ['manual', 'automated', 'either'] as const

/**
 * NIST IR 8477, read "control <relationship> requirement": a superset asks all that the requirement asks and more, a
 * subset only a part of it.
 */
export const relationships = ['equal', 'superset', 'subset', 'intersects'] as const
/** NIST IR 8477: the same words, the same meaning, or the same effect by other means. */
export const rationales = ['syntactic', 'semantic', 'functional'] as const

export type Relationship = (typeof relationships)[number]

/** Only these say that nothing of the requirement is left over (NIST IR 8477). */
export const isFull = (relationship: Relationship): boolean =>
  relationship === 'equal' || relationship === 'superset'

const text = (max: number) => z.string().trim().min(1).max(max)
const both = (max: number) => z.strictObject({ en: text(max), ja: text(max) })

export const controlIdSchema = z.string().regex(/^[A-Z]{3}-\d{2}$/)
const domainIdSchema = z.string().regex(/^[A-Z]{3}$/)

export const domainSchema = z.strictObject({ id: domainIdSchema, title: both(80) })

export const libraryControlSchema = z.strictObject({
  id: controlIdSchema,
  domain: domainIdSchema,
  title: both(80),
  objective: both(600),
  /** What is done, in short sentences. */
  practice: both(1200),
  /** Examples of what shows that it is done. */
  evidence: z.array(both(300)).min(1).max(6),
  frequency: z.enum(controlFrequencies),
  nature: z.enum(controlNatures),
  automation: z.enum(controlAutomations),
  protects: protectsSchema,
})

export const libraryVersionSchema = z
  .string()
  .max(20)
  .regex(/^\d+\.\d+\.\d+$/)

export const librarySchema = z.strictObject({
  id: keySchema,
  version: libraryVersionSchema,
  /** Versions before this one whose links can still be told, the oldest first. */
  before: z.array(libraryVersionSchema),
  licence: z.literal('Apache-2.0'),
  domains: z.array(domainSchema).min(1),
  controls: z.array(libraryControlSchema).min(1),
})

const requirementId = text(40)

/**
 * In which versions a link holds: from `since` on, and not any more from `until` on. Neither stands where it holds in
 * every version that can be told.
 */
const versions = { since: libraryVersionSchema.optional(), until: libraryVersionSchema.optional() }

/** One reason that holds for one control and every requirement named. */
export const linkSchema = z.strictObject({
  control: controlIdSchema,
  requirements: z.array(requirementId).min(1),
  relationship: z.enum(relationships),
  rationale: z.enum(rationales),
  /** Specific to the pair; where the link is partial, what is left. */
  why: both(600),
})

/** Partial links that cover a requirement between them. */
export const togetherSchema = z.strictObject({
  requirement: requirementId,
  controls: z.array(controlIdSchema).min(2),
  why: both(600),
})

export const linksSchema = z.strictObject({
  source: keySchema,
  target: keySchema,
  links: z.array(linkSchema.extend(versions)).min(1),
  together: z.array(togetherSchema.extend(versions)),
})

export type ControlFrequency = (typeof controlFrequencies)[number]
export type LibraryDomain = z.output<typeof domainSchema>
export type LibraryControl = z.output<typeof libraryControlSchema>
export type LibraryFile = z.output<typeof librarySchema>
export type Link = z.output<typeof linkSchema>
export type Together = z.output<typeof togetherSchema>
export type Links = z.output<typeof linksSchema>

/** The shipped common controls, by id, and what each is linked to, by key of the edition. */
export type Library = {
  readonly id: string
  readonly version: string
  readonly licence: string
  readonly domains: readonly LibraryDomain[]
  readonly controls: ReadonlyMap<string, LibraryControl>
  readonly links: ReadonlyMap<string, Links>
  /** The links of versions before this one, by version. */
  readonly past: ReadonlyMap<string, ReadonlyMap<string, Links>>
}

/** The links of a version. One that cannot be told any more, or not yet, is read as the one that is here. */
export const linksAt = (
  library: Pick<Library, 'links' | 'past'>,
  version: string | null,
): ReadonlyMap<string, Links> => library.past.get(version ?? '') ?? library.links

const numbers = (version: string) => version.split('.').map(Number)

/** Negative, zero or positive, as the first version is before, is or is after the second one. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [numbers(one), numbers(other)]
  for (const at of [0, 1, 2]) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const holds = (
  { since, until }: { since?: string | undefined; until?: string | undefined },
  version: string,
) =>
  (since === undefined || compareVersions(since, version) <= 0) &&
  (until === undefined || compareVersions(version, until) < 0)

/** A file of links as it was in a version. */
export const asOfVersion = ({ source, target, links, together }: Links, version: string): Links => ({
  ...{ source, target },
  links: links.filter((one) => holds(one, version)).map(({ since: _, until: __, ...link }) => link),
  together: together.filter((one) => holds(one, version)).map(({ since: _, until: __, ...group }) => group),
})
