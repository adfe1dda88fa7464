import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
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

type Values = { to: Id | null; on: Day | null; reason: string }

/** Names the successor and says what will be theirs. */
export function HandoverForm({ from, things, count, onClose, onDone }: HandoverFormProps) {
  const t = useWords(handoverMessages)
  const format = useFormat()
  const form = useForm<Values, unknown>({
    initial: { to: null, on: useDay(), reason: '' },
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
        error={form.error('/to') && form.values.to === null ? t.toMissing : form.error('/to')}
        except={from.id}
      />
      <DayField
        label={t.on}
        hint={t.onHint}
        value={form.values.on}
        onChange={(on) => form.set('on', on)}
        error={form.error('/on')}
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
