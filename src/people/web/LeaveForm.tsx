import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { peopleMessages as messages } from './messages.ts'
import type { ShownPerson } from './shapes.ts'

export function LeaveForm({ person, onClose }: { person: ShownPerson; onClose: () => void }) {
  const t = useWords(messages)
  const format = useFormat()
  const form = useForm<{ reason: string }, unknown>({
    initial: { reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/people/${person.id}/leaving`, { body, version: person.version, idempotencyKey }),
    onSaved: onClose,
  })
  return (
    <FormDrawer
      title={t.leaveTitle(format.text(person.name))}
      form={form}
      onClose={onClose}
      saveLabel={t.leave}
      danger
    >
      <Notice tone="partial">{t.leaveText}</Notice>
      <TextField
        label={t.reason}
        required
        lines
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.error('/reason')}
      />
    </FormDrawer>
  )
}
