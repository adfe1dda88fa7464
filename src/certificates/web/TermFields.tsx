import { MultiSelect } from '@mantine/core'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Pci, Report, Term } from '../term.ts'
import css from './certificates.module.css'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import { registerMessages } from './register-messages.ts'
import type { TermDraft } from './term-draft.ts'

type TermFieldsProps = {
  term: TermDraft
  onChange: (term: TermDraft) => void
  /** What the server found wrong below a pointer of the term. */
  error: (pointer: string) => string | null
  editions: readonly string[]
  names: Names
}

/** The fields of one cycle, report or assessment: those that its scheme knows. */
export function TermFields({ term, onChange, error, editions, names }: TermFieldsProps) {
  const t = useWords(certificateMessages)
  const set = (part: Partial<TermDraft>) => onChange({ ...term, ...part })
  const equivalents =
    names.editions.find((one) => one.key === term.edition)?.localEquivalents.map((one) => one.id) ?? []
  const day = (field: 'decisionDate' | 'issueDate' | 'effectiveDate' | 'expiryDate') => (
    <DayField
      label={t[field]}
      value={term[field]}
      onChange={(value) => set({ [field]: value })}
      error={error(`/${field}`)}
    />
  )
  return (
    <>
      <ChoiceField
        label={t.basis}
        value={term.basis}
        options={(Object.keys(t.bases) as Term['basis'][]).map((value) => ({ value, label: t.bases[value] }))}
        onChange={(basis) => set({ basis })}
        error={error('/basis')}
      />
      <ChoiceField
        label={t.edition}
        value={term.edition ?? ''}
        options={[
          { value: '', label: t.noEdition },
          ...editions.map((key) => ({ value: key, label: names.edition(key) })),
        ]}
        onChange={(edition) => set({ edition: edition || null, localEquivalent: null })}
        error={error('/edition')}
      />
      {term.edition === null ? (
        <TextField
          label={t.standard}
          value={term.standard ?? ''}
          onChange={(standard) => set({ standard: standard || null })}
          error={error('/standard')}
        />
      ) : null}
      {equivalents.length > 0 ? (
        <ChoiceField
          label={t.localEquivalent}
          value={term.localEquivalent ?? ''}
          options={[{ value: '', label: t.none }, ...equivalents.map((value) => ({ value, label: value }))]}
          onChange={(value) => set({ localEquivalent: value || null })}
          error={error('/localEquivalent')}
        />
      ) : null}
      <LocalTextField
        label={t.issuerName}
        value={term.issuer.name}
        onChange={(name) => set({ issuer: { ...term.issuer, name } })}
        error={error('/issuer/name')}
      />
      <LocalTextField
        label={t.accreditation}
        value={term.issuer.accreditation ?? {}}
        onChange={(text) =>
          set({ issuer: { ...term.issuer, accreditation: text.en || text.ja ? text : null } })
        }
        error={error('/issuer/accreditation')}
      />
      <div className={css.two}>
        {day('decisionDate')}
        {day('issueDate')}
        {day('effectiveDate')}
        {day('expiryDate')}
      </div>
      {term.report ? (
        <ReportFields
          report={term.report}
          onChange={(report) => set({ report })}
          error={(at) => error(`/report${at}`)}
          categories={names.editions.find((one) => one.key === term.edition)?.categories ?? []}
        />
      ) : null}
      {term.pci ? (
        <PciFields pci={term.pci} onChange={(pci) => set({ pci })} error={(at) => error(`/pci${at}`)} />
      ) : null}
    </>
  )
}

type PartProps = { error: (pointer: string) => string | null }

type ReportFieldsProps = PartProps & {
  report: Report
  onChange: (report: Report) => void
  categories: readonly { key: string; titles: { en: string; ja: string } }[]
}

function ReportFields({ report, onChange, error, categories }: ReportFieldsProps) {
  const t = useWords(certificateMessages)
  const words = useWords(registerMessages)
  const { language } = useFormat()
  const set = (part: Partial<Report>) => onChange({ ...report, ...part })
  const day = (field: 'asOfDate' | 'periodFrom' | 'periodTo') => (
    <DayField
      label={t[field]}
      value={report[field]}
      onChange={(value) => set({ [field]: value })}
      error={error(`/${field}`)}
    />
  )
  return (
    <div className={css.part}>
      <h3>{t.report}</h3>
      <ChoiceField
        label={t.reportType}
        value={report.type === 1 ? '1' : '2'}
        options={[
          { value: '2', label: t.type2 },
          { value: '1', label: t.type1 },
        ]}
        onChange={(type) => set({ type: type === '1' ? 1 : 2 })}
        error={error('/type')}
      />
      <div className={css.two}>
        {report.type === 1 ? (
          day('asOfDate')
        ) : (
          <>
            {day('periodFrom')}
            {day('periodTo')}
          </>
        )}
      </div>
      <MultiSelect
        label={t.categories}
        data={categories.map((one) => ({ value: one.key, label: one.titles[language] }))}
        value={report.categories}
        onChange={(next) => set({ categories: next })}
        error={error('/categories')}
      />
      <ChoiceField
        label={t.opinion}
        value={report.opinion}
        options={(['unmodified', 'qualified', 'adverse', 'disclaimer'] as const).map((value) => ({
          value,
          label: t.opinions[value],
        }))}
        onChange={(opinion) => set({ opinion })}
        error={error('/opinion')}
      />
      {report.opinion === 'qualified' ? (
        <LocalTextField
          label={words.qualification}
          hint={words.qualificationHint}
          lines
          value={report.qualification ?? {}}
          onChange={(text) => set({ qualification: text.en || text.ja ? text : null })}
          error={error('/qualification')}
        />
      ) : null}
    </div>
  )
}

function PciFields({ pci, onChange, error }: PartProps & { pci: Pci; onChange: (pci: Pci) => void }) {
  const t = useWords(certificateMessages)
  const set = (part: Partial<Pci>) => onChange({ ...pci, ...part })
  const day = (field: 'rocDate' | 'aocDate') => (
    <DayField
      label={t[field]}
      value={pci[field]}
      onChange={(value) => set({ [field]: value })}
      error={error(`/${field}`)}
    />
  )
  return (
    <div className={css.part}>
      <h3>{t.pci}</h3>
      <div className={css.two}>
        <ChoiceField
          label={t.role}
          value={pci.role}
          options={(['merchant', 'service-provider'] as const).map((value) => ({
            value,
            label: t.roles[value],
          }))}
          onChange={(role) => set({ role })}
          error={error('/role')}
        />
        <ChoiceField
          label={t.level}
          value={String(pci.level)}
          options={['1', '2', '3', '4'].map((value) => ({ value, label: value }))}
          onChange={(level) => set({ level: Number(level) })}
          error={error('/level')}
        />
        {day('rocDate')}
        {day('aocDate')}
        <ChoiceField
          label={t.result}
          value={pci.result}
          options={(['compliant', 'non-compliant', 'compliant-legal-exception'] as const).map((value) => ({
            value,
            label: t.results[value],
          }))}
          onChange={(result) => set({ result })}
          error={error('/result')}
        />
        <ChoiceField
          label={t.assessmentCoverage}
          value={pci.coverage}
          options={(['full', 'partial'] as const).map((value) => ({ value, label: t.coverages[value] }))}
          onChange={(coverage) => set({ coverage })}
          error={error('/coverage')}
        />
      </div>
      <LocalTextField
        label={t.assessor}
        value={pci.assessor}
        onChange={(assessor) => set({ assessor })}
        error={error('/assessor')}
      />
    </div>
  )
}
