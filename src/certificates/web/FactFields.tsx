import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import type { FormPart } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import { type Period, PeriodsField } from './PeriodsField.tsx'

/** What stands on the paper of a certificate, whatever its term. */
export type FactsDraft = {
  number: string
  initialDate: Day | null
  holders: Period[]
  services: Period[]
  scope: LocalText
  verificationUrl: string
}

/** The facts as the API takes them; what was left empty is null. The scope depends on what was there before. */
export const factsBody = ({ number, initialDate, holders, services, verificationUrl }: FactsDraft) => ({
  number: number || null,
  initialDate,
  holders: holders.map(({ id, from, to }) => ({ entityId: id, from, to })),
  services: services.map(({ id, from, to }) => ({ serviceId: id, from, to })),
  verificationUrl: verificationUrl || null,
})

type FieldsProps = { form: FormPart<FactsDraft> }

export function NumberFields({ form: { values, patch, error } }: FieldsProps) {
  const t = useWords(certificateMessages)
  return (
    <>
      <TextField
        label={t.number}
        mono
        value={values.number}
        onChange={(number) => patch({ number })}
        error={error('/number')}
      />
      <DayField
        label={t.initialDate}
        value={values.initialDate}
        onChange={(initialDate) => patch({ initialDate })}
        error={error('/initialDate')}
      />
    </>
  )
}

/** Who holds it, for which services, and the words of its scope. */
export function CoverageFields({ form: { values, patch, error }, names }: FieldsProps & { names: Names }) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const named = (items: readonly { id: string; name: LocalText }[]) =>
    items.map(({ id, name }) => ({ value: id, label: format.text(name) }))
  return (
    <>
      <PeriodsField
        label={t.holders}
        value={values.holders}
        options={named(names.entities)}
        onChange={(holders) => patch({ holders })}
        error={error('/holders')}
      />
      <PeriodsField
        label={t.services}
        value={values.services}
        options={named(names.services)}
        onChange={(services) => patch({ services })}
        error={error('/services')}
      />
      <LocalTextField
        label={t.scopeText}
        lines
        value={values.scope}
        onChange={(scope) => patch({ scope })}
        error={error('/scopes')}
      />
    </>
  )
}

export function VerificationField({ form: { values, patch, error } }: FieldsProps) {
  const t = useWords(certificateMessages)
  return (
    <TextField
      label={t.verification}
      hint={t.verificationHint}
      type="url"
      value={values.verificationUrl}
      onChange={(verificationUrl) => patch({ verificationUrl })}
      error={error('/verificationUrl')}
    />
  )
}
