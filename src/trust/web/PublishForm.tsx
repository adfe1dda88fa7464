import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { trustMessages } from './messages.ts'
import type { PreviewAnswer } from './shapes.ts'

type PublishFormProps = { preview: PreviewAnswer; day: Day; onClose: () => void }

/** Publishes: says who will be able to read what, and what it changes. */
export function PublishForm({ preview, day, onClose }: PublishFormProps) {
  const t = useWords(trustMessages)
  const format = useFormat()
  const form = useForm<{ note: LocalText }, unknown>({
    initial: { note: {} },
    save: ({ note }, idempotencyKey) =>
      call('POST', '/api/trust/publications', {
        body: { note: note.en || note.ja ? note : null },
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  return (
    <FormDrawer
      title={t.publishTitle(format.number(preview.number))}
      form={form}
      onClose={onClose}
      saveLabel={t.publish}
    >
      <Notice tone="partial">{t.publishText(format.day(day))}</Notice>
      <LocalTextField
        label={t.publishNote}
        hint={t.publishNoteHint}
        lines
        value={form.values.note}
        onChange={(note) => form.set('note', note)}
        error={form.error('/note')}
      />
      {preview.number === 1 ? null : (
        <ChangeTable changes={preview.changes} before={t.now} after={t.wouldSay} />
      )}
    </FormDrawer>
  )
}
