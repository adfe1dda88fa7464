import { z } from 'zod'
import type { Problem } from './check.ts'
import { bilingualSchema, keySchema, words } from './fields.ts'

const months = z.int().nonnegative()

export const schemeKinds = ['certificate', 'attestation-report', 'registration', 'self-assessment'] as const
export const schemeForms = [
  'certificate',
  'add-on-certificate',
  'certificate-or-attestation',
  'mark',
  'label',
  'seal',
  'attestation-report',
  'general-use-report',
  'attestation-of-compliance',
  'assessment-report',
  'registration',
  'listing',
  'product-listing',
  'conformity-statement',
] as const
export const distributions = ['public', 'nda', 'internal'] as const

/**
 * A dated duty. All offsets count from the certification decision (or issue, or period end, see `validityFrom`).
 * `latestMonths` is the last permitted offset; `calendarYearOffset` n means: done by 31 December of the n-th
 * calendar year after the decision (ISO/IEC 17021-1 9.1.3.3); `everyMonths` repeats the step over the validity.
 * Where several limits are given, the earliest binds.
 */
export const cycleStepSchema = z.strictObject({
  key: keySchema,
  kind: z.enum([
    'surveillance',
    'recertification',
    'reassessment',
    'revalidation',
    'examination',
    'scan',
    'application',
  ]),
  fromDecisionMonths: months,
  latestMonths: months.nullable(),
  calendarYearOffset: z.int().positive().nullable(),
  everyMonths: z.int().positive().nullable(),
  source: words,
})

export const cycleSchema = z.strictObject({
  model: z.enum(['surveillance', 'annual', 'period', 'window', 'none']),
  steps: z.array(cycleStepSchema),
  renewalWindow: z.strictObject({ opensMonthsBefore: months, closesMonthsBefore: months }).nullable(),
  restorableMonths: months.nullable(),
  suspensionMaxMonths: months.nullable(),
  leadTimeDays: z.int().nonnegative().nullable(),
})

/** A certificate scheme with its rules as editable data. `sources` cites, by path of the rule, where it is from. */
export const schemeSchema = z.strictObject({
  key: keySchema,
  name: bilingualSchema,
  kind: z.enum(schemeKinds),
  form: z.enum(schemeForms),
  parent: keySchema.nullable(),
  validityMonths: z.int().positive().nullable(),
  validityFrom: z.enum(['decision', 'issue', 'period-end']).nullable(),
  use: z.strictObject({ distribution: z.enum(distributions), publicStatement: z.boolean() }),
  cycle: cycleSchema,
  reportUse: z.strictObject({ maxAgeMonths: months, bridgeMonths: months }).nullable(),
  editions: z.array(keySchema),
  citableStandards: z.array(words),
  sources: z.record(z.string(), words),
  confidence: z.enum(['high', 'medium', 'low']),
})

export type Scheme = z.output<typeof schemeSchema>
export type SchemeKind = (typeof schemeKinds)[number]
export type SchemeForm = (typeof schemeForms)[number]
export type Distribution = (typeof distributions)[number]
export type Cycle = z.output<typeof cycleSchema>
export type CycleStep = z.output<typeof cycleStepSchema>

/** The rules of a scheme that are in force and therefore need a source, by path. */
export function rulesInForce(scheme: Scheme): string[] {
  const { cycle, reportUse } = scheme
  const rules: Record<string, unknown> = {
    parent: scheme.parent,
    validityMonths: scheme.validityMonths,
    'cycle.renewalWindow': cycle.renewalWindow,
    'cycle.restorableMonths': cycle.restorableMonths,
    'cycle.suspensionMaxMonths': cycle.suspensionMaxMonths,
    'cycle.leadTimeDays': cycle.leadTimeDays,
    'reportUse.maxAgeMonths': reportUse?.maxAgeMonths ?? null,
    'reportUse.bridgeMonths': reportUse?.bridgeMonths ?? null,
  }
  return Object.keys(rules).filter((path) => rules[path] !== null)
}

/** Faults a schema cannot see: unsourced rules, duplicate steps, steps after the end, impossible windows. */
export function checkScheme(scheme: Scheme): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, message: string) => problems.push({ path, message })
  for (const path of rulesInForce(scheme)) {
    if (scheme.sources[path] === undefined) add(`sources.${path}`, 'rule has no source')
  }
  if ((scheme.validityMonths === null) !== (scheme.validityFrom === null)) {
    add('validityFrom', 'is given exactly when validityMonths is')
  }
  const seen = new Set<string>()
  for (const step of scheme.cycle.steps) {
    const path = `cycle.steps.${step.key}`
    if (seen.has(step.key)) add(path, 'key is used twice')
    seen.add(step.key)
    const latest = step.latestMonths ?? step.fromDecisionMonths
    if (latest < step.fromDecisionMonths) add(path, 'latest is before planned')
    if (scheme.validityMonths !== null && latest > scheme.validityMonths)
      add(path, 'falls after the validity ends')
  }
  if (scheme.cycle.model === 'none' && scheme.cycle.steps.length > 0)
    add('cycle.steps', 'model none has no steps')
  const window = scheme.cycle.renewalWindow
  if (window !== null && window.opensMonthsBefore <= window.closesMonthsBefore) {
    add('cycle.renewalWindow', 'closes before it opens')
  }
  return problems
}
