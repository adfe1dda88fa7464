import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Certificate } from '../certificate.ts'
import { CoverageFields, type FactsDraft, factsBody, NumberFields, VerificationField } from './FactFields.tsx'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import { TermFields } from './TermFields.tsx'
import { type TermDraft, termDraft } from './term-draft.ts'

type Draft = FactsDraft & { scheme: string; key: string; term: TermDraft }

function bodyOf({ scheme, key, term, ...facts }: Draft, kind: string) {
  const { scope } = facts
  return {
    ...factsBody(facts),
    scheme,
    key,
    kind,
    scopes: scope.en || scope.ja ? [{ text: scope, from: null, to: null }] : [],
    terms: [term],
    events: [],
    verificationCheckedOn: null,
  }
}

type RegisterFormProps = { names: Names; onClose: () => void; onSaved: (id: string) => void }

/** Registers a certificate from its paper, with its current term. */
export default function RegisterForm({ names, onClose, onSaved }: RegisterFormProps) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const first = names.schemes.find((one) => one.key === 'iso27001') ?? names.schemes[0]
  const form = useForm<Draft, Certificate>({
    initial: {
      scheme: first?.key ?? '',
      key: '',
      number: '',
      initialDate: null,
      holders: [],
      services: [],
      scope: {},
      verificationUrl: '',
      term: termDraft(first),
    },
    save: (draft, idempotencyKey) =>
      call('POST', '/api/certificates', {
        body: bodyOf(draft, names.schemes.find((one) => one.key === draft.scheme)?.kind ?? 'certificate'),
        idempotencyKey,
      }),
    onSaved: (saved) => onSaved(saved.id),
  })
  const { values, set, error } = form
  const scheme = names.schemes.find((one) => one.key === values.scheme)
  return (
    <FormDrawer title={t.registerTitle} form={form} onClose={onClose} saveLabel={t.register}>
      <ChoiceField
        label={t.scheme}
        value={values.scheme}
        options={names.schemes.map((one) => ({ value: one.key, label: format.text(one.name) }))}
        onChange={(key) => {
          set('scheme', key)
          set('term', termDraft(names.schemes.find((one) => one.key === key)))
        }}
        error={error('/scheme')}
      />
      <TextField
        label={t.key}
        hint={t.keyHint}
        required
        mono
        value={values.key}
        onChange={(key) => set('key', key)}
        error={error('/key')}
      />
      <NumberFields form={form} />
      <CoverageFields form={form} names={names} />
      <TermFields
        term={values.term}
        onChange={(term) => set('term', term)}
        error={(pointer) => error(`/terms/0${pointer}`)}
        editions={scheme?.editions ?? []}
        names={names}
      />
      <VerificationField form={form} />
    </FormDrawer>
  )
}
