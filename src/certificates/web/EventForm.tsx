import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import type { CertificateEvent, EventKind } from '../event.ts'
import { certificateMessages } from './messages.ts'
import type { CertificateAnswer } from './shapes.ts'

/** What is recorded as an event; what changes the standing has its own action. */
const recordable: readonly EventKind[] = [
  'stage-1',
  'stage-2',
  'surveillance-1',
  'surveillance-2',
  'recertification-audit',
  'scope-extension',
  'scope-reduction',
  'transfer',
  'special-audit',
  'scan',
  'bridge-letter',
]

type Draft = { kind: EventKind; on: Day | null; outcome: CertificateEvent['outcome']; note: LocalText }

type EventFormProps = { certificate: CertificateAnswer; day: Day; onClose: () => void }

export function EventForm({ certificate, day, onClose }: EventFormProps) {
  const t = useWords(certificateMessages)
  const next = recordable.find((kind) => kind === certificate.nextStep?.key)
  const form = useForm<Draft, unknown>({
    initial: { kind: next ?? 'surveillance-1', on: day, outcome: 'passed', note: {} },
    save: ({ note, ...draft }, idempotencyKey) =>
      call('POST', `/api/certificates/${certificate.id}/events`, {
        body: { event: { ...draft, note: note.en || note.ja ? note : null } },
        version: certificate.version,
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.recordTitle} form={form} onClose={onClose} saveLabel={t.record}>
      <ChoiceField
        label={t.eventKind}
        value={values.kind}
        options={recordable.map((value) => ({ value, label: t.eventKinds[value] }))}
        onChange={(kind) => set('kind', kind)}
        error={error('/event/kind')}
      />
      <DayField
        label={t.on}
        required
        value={values.on}
        onChange={(on) => set('on', on)}
        error={error('/event/on')}
      />
      <ChoiceField
        label={t.outcome}
        value={values.outcome}
        options={(['passed', 'conditional', 'failed', 'none'] as const).map((value) => ({
          value,
          label: t.outcomes[value],
        }))}
        onChange={(outcome) => set('outcome', outcome)}
        error={error('/event/outcome')}
      />
      <LocalTextField
        label={t.note}
        lines
        value={values.note}
        onChange={(note) => set('note', note)}
        error={error('/event/note')}
      />
    </FormDrawer>
  )
}
