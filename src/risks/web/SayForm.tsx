import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { riskMessages } from './messages.ts'

type SayFormProps = {
  title: string
  text: string
  save: string
  /** What the text is called in the request, and to people. */
  field: 'reason' | 'note'
  label: string
  /** Asks for a day as well. */
  dated?: boolean
  danger?: boolean
  path: string
  version: number
  onClose: () => void
}

/** Something that is done with a word of explanation: closing, reviewing, dropping, taking back. */
export default function SayForm(props: SayFormProps) {
  const { title, text, save, field, label, dated, danger, path, version, onClose } = props
  const t = useWords(riskMessages)
  const today = useMe().data?.today ?? null
  const form = useForm<{ on: Day | null; said: string }, unknown>({
    initial: { on: today, said: '' },
    save: ({ on, said }, idempotencyKey) =>
      call('POST', path, { body: { ...(dated ? { on } : {}), [field]: said }, version, idempotencyKey }),
    onSaved: onClose,
  })
  return (
    <FormDrawer title={title} form={form} onClose={onClose} saveLabel={save} danger={danger ?? false}>
      <Notice tone={danger ? 'partial' : 'accent'} calm>
        {text}
      </Notice>
      {dated ? (
        <DayField
          label={t.day}
          required
          value={form.values.on}
          onChange={(on) => form.set('on', on)}
          error={form.error('/on')}
        />
      ) : null}
      <TextField
        label={label}
        {...(field === 'reason' ? { hint: t.reasonHint } : {})}
        required
        lines
        value={form.values.said}
        onChange={(said) => form.set('said', said)}
        error={form.error(`/${field}`)}
      />
    </FormDrawer>
  )
}
