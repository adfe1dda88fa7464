import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Certificate } from '../certificate.ts'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import { type Period, PeriodsField } from './PeriodsField.tsx'
import { TermFields } from './TermFields.tsx'
import { type TermDraft, termDraft } from './term-draft.ts'

type Draft = {
  scheme: string
  key: string
  number: string
  initialDate: Day | null
  holders: Period[]
  services: Period[]
  scope: LocalText
  verificationUrl: string
  term: TermDraft
}

function bodyOf({ holders, services, scope, term, number, verificationUrl, ...draft }: Draft, kind: string) {
  return {
    ...draft,
    kind,
    number: number || null,
    holders: holders.map(({ id, from, to }) => ({ entityId: id, from, to })),
    services: services.map(({ id, from, to }) => ({ serviceId: id, from, to })),
    scopes: scope.en || scope.ja ? [{ text: scope, from: null, to: null }] : [],
    terms: [term],
    events: [],
    verificationUrl: verificationUrl || null,
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
      <TextField
        label={t.number}
        mono
        value={values.number}
        onChange={(number) => set('number', number)}
        error={error('/number')}
      />
      <DayField
        label={t.initialDate}
        value={values.initialDate}
        onChange={(day) => set('initialDate', day)}
        error={error('/initialDate')}
      />
      <PeriodsField
        label={t.holders}
        value={values.holders}
        options={names.entities.map((one) => ({ value: one.id, label: format.text(one.name) }))}
        onChange={(holders) => set('holders', holders)}
        error={error('/holders')}
      />
      <PeriodsField
        label={t.services}
        value={values.services}
        options={names.services.map((one) => ({ value: one.id, label: format.text(one.name) }))}
        onChange={(services) => set('services', services)}
        error={error('/services')}
      />
      <LocalTextField
        label={t.scopeText}
        lines
        value={values.scope}
        onChange={(scope) => set('scope', scope)}
        error={error('/scopes')}
      />
      <TermFields
        term={values.term}
        onChange={(term) => set('term', term)}
        error={(pointer) => error(`/terms/0${pointer}`)}
        editions={scheme?.editions ?? []}
        names={names}
      />
      <TextField
        label={t.verification}
        hint={t.verificationHint}
        type="url"
        value={values.verificationUrl}
        onChange={(url) => set('verificationUrl', url)}
        error={error('/verificationUrl')}
      />
    </FormDrawer>
  )
}
