import { MultiSelect } from '@mantine/core'
import type { Page } from '../../kernel/page.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import type { Certificate } from '../certificate.ts'
import { CoverageFields, type FactsDraft, factsBody, NumberFields, VerificationField } from './FactFields.tsx'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import { registerMessages } from './register-messages.ts'
import type { CertificateAnswer } from './shapes.ts'

type Draft = FactsDraft & { record: Certificate; predecessors: string[]; reason: string }

/** The record alone, without what the answer computed from it. */
const recordOf = (one: CertificateAnswer): Certificate => ({
  id: one.id,
  version: one.version,
  key: one.key,
  kind: one.kind,
  scheme: one.scheme,
  number: one.number,
  initialDate: one.initialDate,
  predecessors: one.predecessors,
  holders: one.holders,
  services: one.services,
  scopes: one.scopes,
  terms: one.terms,
  events: one.events,
  verificationUrl: one.verificationUrl,
  verificationCheckedOn: one.verificationCheckedOn,
})

const draftOf = (one: CertificateAnswer): Draft => ({
  record: recordOf(one),
  number: one.number ?? '',
  initialDate: one.initialDate,
  predecessors: one.predecessors,
  holders: one.holders.map(({ entityId, from, to }) => ({ id: entityId, from, to })),
  services: one.services.map(({ serviceId, from, to }) => ({ id: serviceId, from, to })),
  scope: one.scopes.at(-1)?.text ?? {},
  verificationUrl: one.verificationUrl ?? '',
  reason: '',
})

function bodyOf(draft: Draft) {
  const { version: _, ...rest } = draft.record
  const { scope, predecessors, reason } = draft
  const last = rest.scopes.at(-1) ?? { from: null, to: null }
  return {
    ...rest,
    ...factsBody(draft),
    predecessors,
    scopes: scope.en || scope.ja ? [...rest.scopes.slice(0, -1), { ...last, text: scope }] : [],
    reason: reason || null,
  }
}

/** The certificates of the same scheme that this one could follow. */
function useOthers({ id, scheme, predecessors }: CertificateAnswer): CertificateAnswer[] {
  const read = useRead<Page<CertificateAnswer>>('/api/certificates', { scheme, limit: 200 })
  const found = read.data?.items ?? []
  return found.filter(
    (one) => one.id !== id && (predecessors.includes(one.id) || !one.predecessors.includes(id)),
  )
}

type FactsFormProps = { certificate: CertificateAnswer; names: Names; onClose: () => void }

export function FactsForm({ certificate, names, onClose }: FactsFormProps) {
  const t = useWords(certificateMessages)
  const words = useWords(registerMessages)
  const others = useOthers(certificate)
  const form = useForm<Draft, unknown>({
    initial: draftOf(certificate),
    save: (draft) =>
      call('PUT', `/api/certificates/${certificate.id}`, {
        body: bodyOf(draft),
        version: draft.record.version,
      }),
    latest: async () => draftOf(await call<CertificateAnswer>('GET', `/api/certificates/${certificate.id}`)),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const labels = {
    number: t.number,
    initialDate: t.initialDate,
    predecessors: words.predecessors,
    holders: t.holders,
    services: t.services,
    scope: t.scopeText,
    verificationUrl: t.verification,
  }
  return (
    <FormDrawer title={t.editTitle} form={form} onClose={onClose} labels={labels}>
      <NumberFields form={form} />
      <MultiSelect
        label={words.predecessors}
        description={words.predecessorsHint}
        searchable
        data={others.map((one) => ({ value: one.id, label: `${one.number ?? '—'} (${one.key})` }))}
        value={values.predecessors}
        onChange={(predecessors) => set('predecessors', predecessors)}
        error={error('/predecessors')}
      />
      <CoverageFields form={form} names={names} />
      <VerificationField form={form} />
      <TextField
        label={t.reason}
        hint={t.reasonHint}
        lines
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}
