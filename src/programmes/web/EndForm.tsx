import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import type { Programme } from '../programme.ts'
import { programmeFormMessages } from './messages.ts'

/** Ends a programme: says what follows, and asks for the reason. */
export default function EndForm({ programme, onClose }: { programme: Programme; onClose: () => void }) {
  const t = useWords(programmeFormMessages)
  const day = useDay()
  const form = useForm<{ endedOn: Day | null; reason: string }, unknown>({
    initial: { endedOn: day, reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/programmes/${programme.id}/end`, {
        body,
        version: programme.version,
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.endTitle} form={form} onClose={onClose} saveLabel={t.endNow} danger>
      <Notice tone="partial">{t.endText}</Notice>
      <DayField
        label={t.endedOn}
        required
        value={values.endedOn}
        onChange={(endedOn) => set('endedOn', endedOn)}
        error={error('/endedOn')}
      />
      <TextField
        label={t.reason}
        hint={t.reasonHint}
        required
        lines
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}
