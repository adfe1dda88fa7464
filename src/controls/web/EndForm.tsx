import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { controlMessages } from './messages.ts'
import { PlanChange } from './PlanChange.tsx'
import type { ImplementationAnswer } from './shapes.ts'

type EndFormProps = { one: ImplementationAnswer; place: string; onClose: () => void }

/** Ends an implementation on its last day, saying beforehand what that takes off the plan. */
export default function EndForm({ one, place, onClose }: EndFormProps) {
  const t = useWords(controlMessages)
  const form = useForm<{ endedOn: Day | null; reason: string }, unknown>({
    initial: { endedOn: useMe().data?.today ?? null, reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/implementations/${one.id}/end`, { body, version: one.version, idempotencyKey }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer
      title={t.where.endTitle(place)}
      form={form}
      onClose={onClose}
      saveLabel={t.where.end.replace('…', '')}
      danger
      consequence={<PlanChange id={one.id} after={{ ...one, endedOn: values.endedOn }} />}
    >
      <Notice tone="partial">{t.where.endText}</Notice>
      <DayField
        label={t.form.day}
        required
        value={values.endedOn}
        onChange={(endedOn) => set('endedOn', endedOn)}
        error={error('/endedOn')}
      />
      <TextField
        label={t.form.reason}
        hint={t.form.reasonHint}
        required
        lines
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}
