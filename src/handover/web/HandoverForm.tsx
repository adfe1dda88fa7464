import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { handoverMessages } from './messages.ts'
import type { Thing } from './shapes.ts'

type HandoverFormProps = {
  from: { id: Id; name: LocalText }
  /** Null is everything, also what is not listed. */
  things: readonly Thing[] | null
  count: number
  onClose: () => void
  onDone: () => void
}

type Values = { to: Id | null; reason: string }

/** Names the successor and says what will be theirs. */
export function HandoverForm({ from, things, count, onClose, onDone }: HandoverFormProps) {
  const t = useWords(handoverMessages)
  const format = useFormat()
  const form = useForm<Values, unknown>({
    initial: { to: null, reason: '' },
    save: (values, idempotencyKey) =>
      call('POST', '/api/handovers', {
        body: {
          ...values,
          from: from.id,
          items: things?.map(({ noun, id, part, version }) => ({ noun, id, part, version })) ?? null,
        },
        idempotencyKey,
      }),
    onSaved: onDone,
  })
  const said = format.number(count)
  return (
    <FormDrawer
      title={t.formTitle(said, format.text(from.name))}
      form={form}
      onClose={onClose}
      saveLabel={t.handOver}
      consequence={<Notice tone="partial">{t.consequence(said)}</Notice>}
    >
      <PersonSelect
        label={t.to}
        value={form.values.to}
        onChange={(to) => form.set('to', to)}
        error={form.error('/to')}
        except={from.id}
      />
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
