import { useWords } from '../../web/i18n/catalogue.ts'
import { type Format, useFormat } from '../../web/i18n/format.ts'
import { type Fact, Pairs } from '../../web/ui/Facts.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import type { Term } from '../term.ts'
import { type CertificateWords, certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import { type RegisterWords, registerMessages } from './register-messages.ts'
import type { CertificateAnswer } from './shapes.ts'

const stated = (facts: readonly { label: string; value: string | null | undefined }[]): Fact[] =>
  facts.flatMap(({ label, value }) => (value ? [{ label, value }] : []))

function factsOf(
  term: Term,
  t: CertificateWords,
  words: RegisterWords,
  format: Format,
  names: Names,
): Fact[] {
  const day = (value: string | null | undefined) => (value ? format.day(value) : null)
  const { report, pci } = term
  return stated([
    { label: t.basis, value: t.bases[term.basis] },
    { label: t.edition, value: term.edition ? names.edition(term.edition) : null },
    { label: t.standard, value: term.standard },
    { label: t.localEquivalent, value: term.localEquivalent },
    { label: t.issuerName, value: format.text(term.issuer.name) },
    { label: t.accreditation, value: format.text(term.issuer.accreditation) },
    { label: t.decisionDate, value: day(term.decisionDate) },
    { label: t.issueDate, value: day(term.issueDate) },
    { label: t.effectiveDate, value: day(term.effectiveDate) },
    { label: t.expiryDate, value: day(term.expiryDate) },
    { label: t.soaVersion, value: term.soaVersion },
    { label: t.soaDate, value: day(term.soaDate) },
    { label: t.reportType, value: report && (report.type === 1 ? t.type1 : t.type2) },
    { label: t.asOfDate, value: day(report?.asOfDate) },
    {
      label: t.period,
      value:
        report?.periodFrom && report.periodTo
          ? `${format.day(report.periodFrom)} – ${format.day(report.periodTo)}`
          : null,
    },
    { label: t.categories, value: report?.categories.join(', ') },
    { label: t.opinion, value: report && t.opinions[report.opinion] },
    { label: words.qualification, value: format.text(report?.qualification) },
    { label: t.use, value: report && t.uses[report.use] },
    { label: t.level, value: pci && format.number(pci.level) },
    { label: t.role, value: pci && t.roles[pci.role] },
    { label: t.assessor, value: pci && format.text(pci.assessor) },
    { label: t.rocDate, value: day(pci?.rocDate) },
    { label: t.aocDate, value: day(pci?.aocDate) },
    { label: t.result, value: pci && t.results[pci.result] },
    { label: t.assessmentCoverage, value: pci && t.coverages[pci.coverage] },
  ])
}

/** Every cycle, report or assessment, the newest first. */
export function Terms({ certificate, names }: { certificate: CertificateAnswer; names: Names }) {
  const t = useWords(certificateMessages)
  const words = useWords(registerMessages)
  const format = useFormat()
  const start = (term: Term) =>
    term.effectiveDate ??
    term.decisionDate ??
    term.issueDate ??
    term.report?.periodTo ??
    term.pci?.aocDate ??
    ''
  return certificate.terms
    .toSorted((a, b) => (start(a) < start(b) ? 1 : -1))
    .map((term) => (
      <Section
        key={term.id}
        title={`${t.bases[term.basis]} · ${format.day(start(term))}`}
        beside={
          term.id === certificate.termId ? (
            <State tone="accent" icon="check">
              {t.home.today}
            </State>
          ) : certificate.supersededTerms.includes(term.id) ? (
            <State tone="none">{words.superseded}</State>
          ) : null
        }
      >
        <Pairs facts={factsOf(term, t, words, format, names)} />
      </Section>
    ))
}
