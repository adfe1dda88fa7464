import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { certificateMessages } from './messages.ts'
import type { CertificateAnswer } from './shapes.ts'

export type Standing = 'suspension' | 'reinstatement' | 'withdrawal'

type StandingFormProps = {
  standing: Standing
  certificate: CertificateAnswer
  day: Day
  onClose: () => void
}

/** Suspends, reinstates or withdraws: says what follows and to whom it shows, and asks for the reason. */
export function StandingForm({ standing, certificate, day, onClose }: StandingFormProps) {
  const t = useWords(certificateMessages)
  const words = t.standing[standing]
  const form = useForm<{ on: Day | null; reason: string }, unknown>({
    initial: { on: day, reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/certificates/${certificate.id}/${standing}`, {
        body,
        version: certificate.version,
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const harmful = standing !== 'reinstatement'
  return (
    <FormDrawer title={words.title} form={form} onClose={onClose} saveLabel={words.title} danger={harmful}>
      <Notice tone={harmful ? 'partial' : 'unknown'}>{words.text}</Notice>
      <DayField
        label={t.on}
        required
        value={form.values.on}
        onChange={(on) => form.set('on', on)}
        error={form.error('/on')}
      />
      <TextField
        label={t.reason}
        hint={t.reasonHint}
        required
        lines
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.error('/reason')}
      />
    </FormDrawer>
  )
}
