import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { controlMessages } from './messages.ts'
import type { ImplementationAnswer } from './shapes.ts'

/** Reports that something happened after which the control must be carried out. */
export default function EventForm({ one, onClose }: { one: ImplementationAnswer; onClose: () => void }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const form = useForm<{ on: Day | null; trigger: string }, unknown>({
    initial: { on: useMe().data?.today ?? null, trigger: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/implementations/${one.id}/events`, { body, idempotencyKey }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.where.eventTitle} form={form} onClose={onClose}>
      {one.frequency?.kind === 'event' ? (
        <p className="quiet">{t.where.eventText(format.text(one.frequency.trigger))}</p>
      ) : null}
      <DayField
        label={t.where.eventDay}
        required
        value={values.on}
        onChange={(on) => set('on', on)}
        error={error('/on')}
      />
      <TextField
        label={t.where.eventWhat}
        required
        lines
        value={values.trigger}
        onChange={(trigger) => set('trigger', trigger)}
        error={error('/trigger')}
      />
    </FormDrawer>
  )
}
