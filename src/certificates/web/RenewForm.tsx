import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { CertificateAnswer } from './shapes.ts'
import { TermFields } from './TermFields.tsx'
import { type TermDraft, termDraft } from './term-draft.ts'

type RenewFormProps = { certificate: CertificateAnswer; names: Names; onClose: () => void }

type Draft = { term: TermDraft; number: string }

/** Adds the next term. What was true before stays as it was, and past days keep showing it. */
export function RenewForm({ certificate, names, onClose }: RenewFormProps) {
  const t = useWords(certificateMessages)
  const scheme = names.schemes.find((one) => one.key === certificate.scheme)
  const current = certificate.terms.find((one) => one.id === certificate.termId) ?? certificate.terms.at(-1)
  const form = useForm<Draft, unknown>({
    initial: { term: termDraft(scheme, current), number: '' },
    save: ({ term, number }, idempotencyKey) =>
      call('POST', `/api/certificates/${certificate.id}/renewals`, {
        body: { term, ...(number ? { number } : {}) },
        version: certificate.version,
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  // The server names a term by its place among all of them, or as the input's own.
  const at = `/terms/${certificate.terms.length}`
  const error = (pointer: string) => form.error(`/term${pointer}`) ?? form.error(`${at}${pointer}`)
  return (
    <FormDrawer title={t.renewTitle} form={form} onClose={onClose} saveLabel={t.renew}>
      <Notice tone="unknown">{t.renewText}</Notice>
      <TermFields
        term={form.values.term}
        onChange={(term) => form.set('term', term)}
        error={error}
        editions={scheme?.editions ?? []}
        names={names}
      />
      <TextField
        label={t.newNumber}
        value={form.values.number}
        onChange={(number) => form.set('number', number)}
        error={form.error('/number')}
      />
    </FormDrawer>
  )
}
