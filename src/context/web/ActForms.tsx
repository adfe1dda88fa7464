import { notifications } from '@mantine/notifications'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { contextMessages } from './messages.ts'

type Row = { id: string; version: number }
type Changed = { rows: readonly { fate: 'changed' | 'unchanged' }[] }

type ManyProps = { address: string; rows: readonly Row[]; onClose: () => void; onDone: () => void }

const itemsOf = (rows: readonly Row[]) => rows.map(({ id, version }) => ({ id, version }))

/** Says how many were changed, and how many were so already. */
function useDone(onDone: () => void) {
  const t = useWords(contextMessages)
  const format = useFormat()
  return ({ rows }: Changed) => {
    const changed = rows.filter((row) => row.fate === 'changed').length
    const message = t.bulk.done(format.number(changed), format.number(rows.length - changed))
    notifications.show({ message })
    onDone()
  }
}

/** Records that somebody looked at one entry or at many. */
export function ReviewForm({ address, rows, onClose, onDone }: ManyProps) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const today = useDay()
  const onSaved = useDone(onDone)
  const form = useForm<{ on: string | null; note: string }, Changed>({
    initial: { on: today, note: '' },
    save: ({ on, note }, idempotencyKey) =>
      call('POST', `${address}/changes`, {
        body: { items: itemsOf(rows), change: { review: { on, note: note.trim() || null } } },
        idempotencyKey,
      }),
    onSaved,
  })
  const title = rows.length === 1 ? t.reviewTitle : t.reviewManyTitle(format.number(rows.length))
  return (
    <FormDrawer title={title} form={form} onClose={onClose}>
      <p className="quiet">{t.reviewHint}</p>
      <DayField
        label={t.reviewDay}
        required
        value={form.values.on}
        onChange={(on) => form.patch({ on })}
        error={form.error('/change/review/on')}
      />
      <TextField
        label={t.reviewNote}
        hint={t.reviewNoteHint}
        lines
        value={form.values.note}
        onChange={(note) => form.patch({ note })}
        error={form.error('/change/review/note')}
      />
    </FormDrawer>
  )
}

/** Gives the chosen entries to one owner. */
export function OwnerForm({ address, rows, onClose, onDone }: ManyProps) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const onSaved = useDone(onDone)
  const form = useForm<{ ownerId: string | null; reason: string }, Changed>({
    initial: { ownerId: null, reason: '' },
    save: ({ ownerId, reason }, idempotencyKey) =>
      call('POST', `${address}/changes`, {
        body: {
          items: itemsOf(rows),
          change: { ownerId },
          reason: reason.trim() || null,
        },
        idempotencyKey,
      }),
    onSaved,
  })
  return (
    <FormDrawer title={t.bulk.ownerTitle(format.number(rows.length))} form={form} onClose={onClose}>
      <PersonSelect
        label={t.owner}
        value={form.values.ownerId}
        nobody={t.nobody}
        onChange={(ownerId) => form.patch({ ownerId })}
        error={form.error('/change/ownerId')}
      />
      <TextField
        label={t.reasonOptional}
        hint={t.reasonHint}
        lines
        value={form.values.reason}
        onChange={(reason) => form.patch({ reason })}
        error={form.error('/reason')}
      />
    </FormDrawer>
  )
}

type EndProps = { address: string; one: Row; onClose: () => void; onDone: () => void }

/** Ends an entry with its last day and the reason. */
export function EndForm({ address, one, onClose, onDone }: EndProps) {
  const t = useWords(contextMessages)
  const today = useDay()
  const form = useForm<{ to: string | null; reason: string }, unknown>({
    initial: { to: today, reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `${address}/${one.id}/end`, { body, version: one.version, idempotencyKey }),
    onSaved: onDone,
  })
  return (
    <FormDrawer title={t.endTitle} form={form} onClose={onClose} saveLabel={t.end} danger>
      <p className="quiet">{t.endHint}</p>
      <DayField
        label={t.to}
        required
        value={form.values.to}
        onChange={(to) => form.patch({ to })}
        error={form.error('/to')}
      />
      <TextField
        label={t.reason}
        hint={t.reasonHint}
        required
        lines
        value={form.values.reason}
        onChange={(reason) => form.patch({ reason })}
        error={form.error('/reason')}
      />
    </FormDrawer>
  )
}
