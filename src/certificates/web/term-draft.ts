import type { Scheme } from '../../frameworks/scheme.ts'
import type { Pci, Report, Term } from '../term.ts'

export type TermDraft = Omit<Term, 'id'>

const blankReport = (scheme: Scheme): Report => ({
  type: 2,
  asOfDate: null,
  periodFrom: null,
  periodTo: null,
  categories: ['security'],
  opinion: 'unmodified',
  qualification: null,
  use: scheme.form === 'general-use-report' ? 'general' : 'restricted',
  countMode: 'criteria',
})

const blankPci = (): Pci => ({
  level: 1,
  role: 'service-provider',
  assessor: {},
  rocDate: null,
  aocDate: null,
  result: 'compliant',
  coverage: 'full',
})

/** A term to fill in: shaped by its scheme, and by the term before it where there is one. */
export function termDraft(scheme: Scheme | undefined, before?: Term): TermDraft {
  const isReport = scheme?.kind === 'attestation-report'
  const isPci = scheme?.key.startsWith('pci-dss') ?? false
  return {
    basis: before ? (isReport || isPci ? 'renewal' : 'recertification') : 'initial',
    edition: before?.edition ?? scheme?.editions.at(-1) ?? null,
    standard: before?.standard ?? null,
    localEquivalent: before?.localEquivalent ?? null,
    issuer: before?.issuer ?? { name: {}, accreditation: null },
    decisionDate: null,
    issueDate: null,
    effectiveDate: null,
    expiryDate: null,
    soaVersion: null,
    soaDate: null,
    report: isReport && scheme ? { ...blankReport(scheme), ...kept(before?.report) } : null,
    pci: isPci ? { ...blankPci(), ...keptPci(before?.pci) } : null,
  }
}

/** What usually stays from one report to the next; its days never do. */
const kept = (report: Report | null | undefined) =>
  report
    ? { type: report.type, categories: report.categories, use: report.use, countMode: report.countMode }
    : {}

const keptPci = (pci: Pci | null | undefined) =>
  pci ? { level: pci.level, role: pci.role, assessor: pci.assessor } : {}
