import { z } from 'zod'
import { audiences, bilingualSchema, daySchema, keySchema, partialDateSchema, words } from './fields.ts'
import type { PeriodicActivities } from './periodic.ts'

export const families = ['iso27001', 'tsc', 'pci-dss'] as const

/** What can be counted. A number is always derived from the nodes of an edition, never stored. */
export const countModes = [
  'controls',
  'domains',
  'objectives',
  'themes',
  'clause-requirements',
  'criteria',
  'criteria-per-principle',
  'goals',
  'principal-requirements',
  'requirements',
  'core-requirements',
  'sections',
  'core-sections',
  'testing-procedures',
  'core-testing-procedures',
  'service-provider-requirements',
  'multi-tenant-requirements',
  'future-dated-requirements',
] as const
export type CountMode = (typeof countModes)[number]

/**
 * `includes` names the categories whose criteria a report on this one must meet too (TSP section 100: the common
 * criteria). `criteriaElsewhere` names the document of a category whose criteria this edition does not carry.
 */
export const categorySchema = z.strictObject({
  key: keySchema,
  includes: z.array(keySchema),
  criteriaElsewhere: z.strictObject({ document: words, criteria: z.int().positive() }).optional(),
})

/** How an old edition ends: after `lastInitialAudit` no new audit against it, after `deadline` no certificate. */
export const transitionSchema = z.strictObject({
  to: keySchema,
  lastInitialAudit: daySchema.nullable(),
  deadline: daySchema,
  extraAuditDays: z.strictObject({ recertification: z.number(), surveillance: z.number() }).optional(),
  source: words,
})

export const frameworkSchema = z.strictObject({
  key: keySchema,
  family: z.enum(families),
  publisher: words,
  edition: words,
  name: bilingualSchema,
  /** `outline`: enough to be cited by a certificate (goals and principal requirements), not to be assessed. */
  requirements: z.enum(['full', 'outline']),
  localEquivalents: z.array(
    z.strictObject({
      id: words,
      relation: z.enum(['IDT', 'MOD', 'NEQ']),
      publisher: words,
      published: partialDateSchema,
    }),
  ),
  amendments: z.array(z.strictObject({ id: words, published: partialDateSchema, affects: z.array(words) })),
  lifecycle: z.strictObject({
    published: partialDateSchema,
    withdrawn: daySchema.nullable(),
    supersedes: keySchema.nullable(),
    supersededBy: keySchema.nullable(),
    futureDatedFrom: daySchema.nullable(),
    transition: transitionSchema.nullable(),
  }),
  categories: z.array(categorySchema),
  countModes: z.array(z.enum(countModes)).min(1),
  /** Names of the ISO/IEC 27002 attribute values; which control has which is ISO content and is not shipped. */
  controlAttributes: z.record(z.string(), z.array(keySchema)).optional(),
  licenceNote: words,
})

export const requirementKinds = [
  'group',
  'clause',
  'subclause',
  'theme',
  'domain',
  'objective',
  'control',
  'series',
  'criterion',
  'goal',
  'principal',
  'appendix-group',
  'appendix',
  'section',
  'requirement',
] as const

/** A document or record that the requirement itself asks for; `clause` when it is finer than the node. */
export const documentedInformationSchema = z.strictObject({
  key: keySchema,
  form: z.enum(['document', 'record', 'either']),
  clause: words.optional(),
})

/** One node of an edition. `requirement` is true where an assessor reaches a conclusion on the node itself. */
export const requirementSchema = z.strictObject({
  id: words,
  parent: words.nullable(),
  kind: z.enum(requirementKinds),
  requirement: z.boolean().optional(),
  category: keySchema.optional(),
  documentedInformation: z.array(documentedInformationSchema).min(1).optional(),
  expectsDocument: z.boolean().optional(),
  pointsOfFocus: z.int().positive().optional(),
  cosoPrinciple: z.int().min(1).max(17).optional(),
  appliesTo: z.enum(audiences).optional(),
  customizedApproach: z.boolean().optional(),
  futureDated: daySchema.optional(),
  supersededBy: words.optional(),
  supersededOn: daySchema.optional(),
})
export const requirementsSchema = z.array(requirementSchema).min(1)

export const testingProceduresSchema = z.array(z.strictObject({ id: words, requirement: words })).min(1)

const titles = z.record(z.string(), words)
export const localeSections = [
  'titles',
  'categories',
  'documents',
  'activities',
  'triggers',
  'conditions',
  'retention',
] as const
export const localeSchema = z.strictObject({
  language: z.enum(['en', 'ja']),
  titles,
  categories: titles,
  documents: titles,
  activities: titles,
  triggers: titles,
  conditions: titles,
  retention: titles,
  notes: titles,
})

export type Framework = z.output<typeof frameworkSchema>
export type Category = z.output<typeof categorySchema>
export type Requirement = z.output<typeof requirementSchema>
export type RequirementKind = (typeof requirementKinds)[number]
export type TestingProcedure = z.output<typeof testingProceduresSchema>[number]
export type Locale = z.output<typeof localeSchema>
export type Language = Locale['language']

/** One edition of a framework as loaded: structure, titles per language and, for PCI DSS, what recurs. */
export type Edition = {
  key: string
  framework: Framework
  requirements: readonly Requirement[]
  locales: Record<Language, Locale>
  testingProcedures: readonly TestingProcedure[]
  periodic: PeriodicActivities | null
}

/** Whether an edition is one of ISO/IEC 27001: the only one with a scope statement, a statement of applicability and a list of documents. */
export const isIsms = (edition: Edition): boolean => edition.framework.family === 'iso27001'
