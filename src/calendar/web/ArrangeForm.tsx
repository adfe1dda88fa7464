import { addDays } from '../../kernel/day.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { calendarMessages } from './messages.ts'
import type { DueThing } from './shapes.ts'

export type Arranging = { action: DueThing['abilities'][number]; one: DueThing }

type Draft = { personId: string; until: string | null; reason: string }

const bodyOf = ({ action, one }: Arranging, { personId, until, reason }: Draft) => ({
  subject: one.subject,
  reason,
  ...(action === 'delegate' ? { personId } : {}),
  ...(action === 'snooze' ? { until } : {}),
})

/** Hands over, puts aside or takes back, with the reason that the log keeps. */
export function ArrangeForm({ action, one, onClose }: Arranging & { onClose: () => void }) {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const today = useDay()
  const form = useForm<Draft, unknown>({
    initial: { personId: '', until: addDays(today, 7), reason: '' },
    save: (draft, idempotencyKey) =>
      call('POST', `/api/due/${action}`, { body: bodyOf({ action, one }, draft), idempotencyKey }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const hint = { delegate: t.delegateHint, snooze: t.snoozeHint, clear: t.clearHint }[action]
  const title = { delegate: t.delegateTitle, snooze: t.snoozeTitle, clear: t.clearTitle }[action]
  return (
    <FormDrawer title={title} form={form} onClose={onClose} saveLabel={t[action]}>
      <p>
        <strong>{format.text(one.title)}</strong>
        <br />
        <span className="quiet">{hint}</span>
      </p>
      {action === 'delegate' ? (
        <PersonSelect
          label={t.person}
          value={values.personId || null}
          already={[one.owner, one.person]}
          except={one.person?.id ?? null}
          onChange={(personId) => set('personId', personId ?? '')}
          error={error('/personId')}
        />
      ) : null}
      {action === 'snooze' ? (
        <DayField
          label={t.until}
          value={values.until}
          onChange={(until) => set('until', until)}
          error={error('/until')}
        />
      ) : null}
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
