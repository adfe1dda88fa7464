import { notifications } from '@mantine/notifications'
import { type Protects, protectsNothing } from '../../assets/protects.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { controlMessages } from './messages.ts'
import { ProtectsField } from './ProtectsField.tsx'
import { protectsMessages } from './protects-messages.ts'
import type { ControlAnswer } from './shapes.ts'

type ProtectsFormProps = { rows: readonly ControlAnswer[]; onClose: () => void; onDone: () => void }

/** What all of the chosen say already; nothing where they differ. */
function common(rows: readonly ControlAnswer[]): Protects {
  const [first] = rows
  const isSame = rows.every((row) => JSON.stringify(row.protects) === JSON.stringify(first?.protects))
  return first && isSame ? first.protects : protectsNothing
}

/** Says of all chosen controls what they protect. */
export default function ProtectsForm({ rows, onClose, onDone }: ProtectsFormProps) {
  const t = useWords(controlMessages)
  const words = useWords(protectsMessages)
  const format = useFormat()
  const form = useForm<{ protects: Protects; reason: string }, { changed: number; unchanged: number }>({
    initial: { protects: common(rows), reason: '' },
    save: ({ protects, reason }, idempotencyKey) =>
      call('POST', '/api/controls/protects', {
        body: {
          items: rows.map(({ id, version }) => ({ id, version })),
          ...{ protects, reason: reason.trim() || null },
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
    <FormDrawer
      title={words.manyTitle(format.number(rows.length))}
      form={form}
      onClose={onClose}
      consequence={<p className="quiet">{words.manyHint}</p>}
    >
      <ProtectsField
        value={values.protects}
        onChange={(protects) => set('protects', protects)}
        error={(at) => error(`/protects${at}`)}
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
