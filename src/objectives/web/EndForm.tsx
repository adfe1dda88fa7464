import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { objectiveMessages } from './messages.ts'
import type { ObjectiveRecord } from './shapes.ts'

/** Ends an objective with its last day and the reason. */
export default function EndForm({ one, onClose }: { one: ObjectiveRecord; onClose: () => void }) {
  const t = useWords(objectiveMessages)
  const today = useDay()
  const form = useForm<{ to: string | null; reason: string }, unknown>({
    initial: { to: today, reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/objectives/${one.id}/end`, { body, version: one.version, idempotencyKey }),
    onSaved: onClose,
  })
  return (
    <FormDrawer title={t.endTitle} form={form} onClose={onClose} saveLabel={t.end} danger>
      <p className="quiet">{t.endHint}</p>
      <DayField
        label={t.to}
        required
        value={form.values.to}
        onChange={(to) => form.set('to', to)}
        error={form.error('/to')}
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
