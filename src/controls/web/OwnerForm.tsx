import { notifications } from '@mantine/notifications'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { controlMessages } from './messages.ts'
import type { ControlAnswer } from './shapes.ts'

type OwnerFormProps = { rows: readonly ControlAnswer[]; onClose: () => void; onDone: () => void }

/** Gives the chosen controls to one owner. */
export default function OwnerForm({ rows, onClose, onDone }: OwnerFormProps) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const form = useForm({
    initial: { ownerId: '', reason: '' },
    save: ({ ownerId, reason }, idempotencyKey) =>
      call<{ changed: number; unchanged: number }>('POST', '/api/controls/owners', {
        body: {
          items: rows.map(({ id, version }) => ({ id, version })),
          ownerId: ownerId || null,
          reason: reason || null,
        },
        idempotencyKey,
      }),
    onSaved: ({ changed, unchanged }) => {
      notifications.show({ message: t.bulk.done(format.number(changed), format.number(unchanged)) })
      onDone()
    },
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.bulk.ownerTitle(format.number(rows.length))} form={form} onClose={onClose}>
      <PersonSelect
        label={t.owner}
        hint={t.bulk.ownerHint}
        value={values.ownerId || null}
        nobody={t.nobody}
        already={rows.map((row) => row.owner)}
        onChange={(ownerId) => set('ownerId', ownerId ?? '')}
        error={error('/ownerId')}
      />
      <TextField
        label={t.form.reason}
        hint={t.form.reasonHint}
        lines
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}
