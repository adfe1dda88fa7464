import { z } from 'zod'
import { type Day, daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { lineText } from '../kernel/text.ts'

/** How a term came about. */
export const termBases = [
  'initial',
  'recertification',
  'transition',
  'transfer',
  'renewal',
  'reissue',
] as const

/** What an attestation report says: AT-C 105 and 205, DC 200. */
export const reportSchema = z.strictObject({
  type: z.union([z.literal(1), z.literal(2)]),
  /** Type 1 speaks of one day, type 2 of a period. */
  asOfDate: daySchema.nullable(),
  periodFrom: daySchema.nullable(),
  periodTo: daySchema.nullable(),
  categories: z.array(z.string().max(60)).max(10),
  opinion: z.enum(['unmodified', 'qualified', 'adverse', 'disclaimer']),
  /** What a qualified opinion excepts, in words fit for the public page. */
  qualification: localText(2000).nullable().default(null),
  use: z.enum(['restricted', 'general']),
  /** How readers of this report count its criteria; counts are derived, never typed. */
  countMode: z.enum(['criteria', 'criteria-per-principle']),
})

/** What a PCI DSS assessment ended with: RoC and AoC. */
export const pciSchema = z.strictObject({
  level: z.int().min(1).max(4),
  role: z.enum(['merchant', 'service-provider']),
  assessor: localText(200),
  rocDate: daySchema.nullable(),
  aocDate: daySchema.nullable(),
  result: z.enum(['compliant', 'non-compliant', 'compliant-legal-exception']),
  coverage: z.enum(['full', 'partial']),
})

/** One certification cycle, one report or one assessment. */
export const termSchema = z.strictObject({
  id: idSchema,
  basis: z.enum(termBases),
  /** Key of the framework edition; null for a scheme whose editions are not shipped. */
  edition: z.string().max(80).nullable(),
  /** The standard as the paper cites it, where no edition says it. */
  standard: lineText(120).nullable(),
  /** The national standard identical to the edition, as the paper cites it. */
  localEquivalent: lineText(120).nullable(),
  issuer: z.strictObject({ name: localText(200), accreditation: localText(200).nullable() }),
  decisionDate: daySchema.nullable(),
  issueDate: daySchema.nullable(),
  effectiveDate: daySchema.nullable(),
  expiryDate: daySchema.nullable(),
  /** The statement of applicability that an ISMS certificate refers to (ISO/IEC 27006-1 8.2.2). */
  soaVersion: lineText(60).nullable(),
  soaDate: daySchema.nullable(),
  report: reportSchema.nullable(),
  pci: pciSchema.nullable(),
})

export type Term = z.output<typeof termSchema>
export type Report = z.output<typeof reportSchema>
export type Pci = z.output<typeof pciSchema>

/** The day from which a term counts: effect, else decision, else issue, else the end of what a report covers. */
export const termStart = (term: Term): Day | null =>
  term.effectiveDate ??
  term.decisionDate ??
  term.issueDate ??
  term.pci?.aocDate ??
  term.report?.periodTo ??
  term.report?.asOfDate ??
  null

const ordered: readonly [keyof Term, keyof Term, string, string][] = [
  ['issueDate', 'expiryDate', 'certificate.expiry_before_issue', ''],
  ['effectiveDate', 'expiryDate', 'certificate.expiry_before_effect', ''],
  ['decisionDate', 'effectiveDate', 'certificate.effect_before_decision', 'ISO/IEC 17021-1 8.2.2'],
  ['decisionDate', 'expiryDate', 'certificate.expiry_before_decision', 'ISO/IEC 17021-1 9.1.3'],
]

function reportProblems(report: Report, at: string): FieldProblem[] {
  const { periodFrom, periodTo } = report
  const problems: FieldProblem[] = []
  if (report.type === 2 && (!periodFrom || !periodTo))
    problems.push(fieldProblem(`${at}/periodFrom`, 'report.period_missing'))
  if (report.type === 1 && !report.asOfDate)
    problems.push(fieldProblem(`${at}/asOfDate`, 'report.day_missing'))
  if (periodFrom && periodTo && periodTo < periodFrom) {
    problems.push(
      fieldProblem(`${at}/periodTo`, 'interval.end_before_start', { from: periodFrom, to: periodTo }),
    )
  }
  if (new Set(report.categories).size !== report.categories.length) {
    problems.push(fieldProblem(`${at}/categories`, 'report.category_twice'))
  }
  return problems
}

/** What is wrong with a term by itself; the scheme's own demands are in {@link schemeProblems}. */
export function termProblems(term: Term, at: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const [earlier, later, code, source] of ordered) {
    const from = term[earlier]
    const to = term[later]
    if (typeof from === 'string' && typeof to === 'string' && to < from) {
      problems.push(fieldProblem(`${at}/${later}`, code, { from, to, source }))
    }
  }
  if (termStart(term) === null)
    problems.push(fieldProblem(`${at}/issueDate`, 'certificate.term_without_start'))
  if (term.pci?.rocDate && term.pci.aocDate && term.pci.aocDate < term.pci.rocDate) {
    problems.push(
      fieldProblem(`${at}/pci/aocDate`, 'certificate.aoc_before_roc', {
        from: term.pci.rocDate,
        to: term.pci.aocDate,
      }),
    )
  }
  return term.report ? [...problems, ...reportProblems(term.report, `${at}/report`)] : problems
}
