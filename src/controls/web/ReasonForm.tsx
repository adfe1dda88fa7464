import { Button, Textarea } from '@mantine/core'
import { call } from '../../web/client.ts'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { OccurrenceAnswer } from './shapes.ts'

type ReasonFormProps = {
  one: Pick<OccurrenceAnswer, 'id' | 'version'>
  act: 'explain' | 'cancel'
  open: boolean
  onOpen: (open: boolean) => void
}

/** Says why something was missed, or why it is taken off the plan before it begins. */
export function ReasonForm({ one, act, open, onOpen }: ReasonFormProps) {
  const t = useWords(controlMessages)
  const form = useForm<{ reason: string }, unknown>({
    initial: { reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/occurrences/${one.id}/${act}`, { body, version: one.version, idempotencyKey }),
    onSaved: () => onOpen(false),
  })
  if (!open)
    return (
      <div>
        <Button variant="default" size="compact-sm" onClick={() => onOpen(true)}>
          {t.occurrence[act]}
        </Button>
      </div>
    )
  return (
    <form
      className={css.perform}
      aria-label={t.occurrence[act]}
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      <h3>{t.occurrence[act]}</h3>
      <p className="quiet">{act === 'explain' ? t.occurrence.explainText : t.occurrence.cancelText}</p>
      {form.problem ? <Failure error={form.problem} shown={['reason']} /> : null}
      <Textarea
        label={t.occurrence.reason}
        withAsterisk
        autosize
        minRows={2}
        maxLength={2000}
        value={form.values.reason}
        error={form.error('/reason')}
        onChange={(event) => form.set('reason', event.currentTarget.value)}
      />
      <div className={css.buttons}>
        <Button type="submit" loading={form.saving}>
          {t.occurrence[act]}
        </Button>
        <Button variant="default" onClick={() => onOpen(false)}>
          {t.occurrence.back}
        </Button>
      </div>
    </form>
  )
}
