import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { soaMessages } from './messages.ts'
import type { Statement } from './shapes.ts'

/** Freezes the statement of a day as the next version. */
export default function DraftForm({ statement, onClose }: { statement: Statement; onClose: () => void }) {
  const t = useWords(soaMessages)
  const navigate = useNavigate()
  const form = useForm<{ asOf: Day | null; note: string }, { id: string }>({
    initial: { asOf: statement.day, note: '' },
    save: ({ asOf, note }, idempotencyKey) =>
      call('POST', `/api/programmes/${statement.programmeId}/statement/versions`, {
        body: { ...(asOf ? { asOf } : {}), note: note || null },
        idempotencyKey,
      }),
    // What waits for approval is the draft: there it is read, and sent to whoever approves it.
    onSaved: ({ id }) => {
      notifications.show({ message: t.drafted })
      navigate({ to: '/app/soa/versions/$id', params: { id } })
    },
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.makeDraftTitle} form={form} onClose={onClose} saveLabel={t.makeDraft}>
      <Notice tone="unknown" calm>
        {t.makeDraftText}
      </Notice>
      <DayField
        label={t.asOfDay}
        required
        value={values.asOf}
        onChange={(asOf) => set('asOf', asOf)}
        error={error('/asOf')}
      />
      <TextField
        label={t.note}
        hint={t.noteHint}
        lines
        value={values.note}
        onChange={(note) => set('note', note)}
        error={error('/note')}
      />
    </FormDrawer>
  )
}
