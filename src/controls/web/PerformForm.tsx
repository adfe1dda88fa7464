import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useId } from 'react'
import type { GivingLink } from '../../evidence/web/giving.ts'
import type { Day } from '../../kernel/day.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { OccurrenceAnswer } from './shapes.ts'

type Draft = { outcome: 'pass' | 'fail'; on: Day; note: string; personId: string }

type PerformFormProps = {
  one: Pick<OccurrenceAnswer, 'id' | 'version' | 'attempts'>
  onDone?: () => void
  /** What the note begins with: that of the last time. */
  note?: string
  /** Files that were dropped beside the form: they become evidence before anything is recorded. */
  link: GivingLink
}

/** Records one attempt: passed or failed, when, by whom, and what was found. Ctrl/Cmd+Enter records. */
export function PerformForm({ one, onDone, note = '', link }: PerformFormProps) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const me = useMe().data
  const label = useId()
  const form = useForm<Draft, unknown>({
    initial: { outcome: 'pass', on: me?.today ?? '', note, personId: me?.person?.id ?? '' },
    save: async ({ outcome, on, note: said, personId }, idempotencyKey) => {
      // Recording closes the task: what shows it is kept first. What was kept is not sent twice when this fails.
      await link.give.current()
      return call('POST', `/api/occurrences/${one.id}/perform`, {
        body: { outcome, on, note: said.trim() || null, personId: personId || null },
        version: one.version,
        idempotencyKey,
      })
    },
    onSaved: () => onDone?.(),
  })
  const { values, set, error } = form
  const { state, count } = link.pending
  const blocked = state === 'busy' || state === 'stuck'
  const submit = () => {
    if (!blocked) form.submit()
  }
  const onKey = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter') return
    event.preventDefault()
    submit()
  }
  return (
    <form
      className={css.perform}
      aria-labelledby={label}
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3 id={label}>{one.attempts.length > 0 ? t.occurrence.again : t.occurrence.perform}</h3>
      {form.problem ? <Failure error={form.problem} shown={Object.keys(values)} /> : null}
      <SegmentedControl
        aria-label={t.occurrence.outcome}
        value={values.outcome}
        onChange={(outcome) => set('outcome', outcome as Draft['outcome'])}
        data={[
          { value: 'pass', label: t.occurrence.pass },
          { value: 'fail', label: t.occurrence.fail },
        ]}
      />
      <div className={css.two}>
        <TextInput
          type="date"
          label={t.occurrence.on}
          description={t.occurrence.onHint}
          max={me?.today}
          value={values.on}
          error={error('/on')}
          onChange={(event) => set('on', event.currentTarget.value)}
        />
        <PersonSelect
          label={t.occurrence.onBehalf}
          hint=" "
          value={values.personId || null}
          error={error('/personId')}
          onChange={(personId) => personId && set('personId', personId)}
        />
      </div>
      <Textarea
        label={values.outcome === 'fail' ? t.occurrence.noteFail : t.occurrence.note}
        description={t.occurrence.noteHint}
        autosize
        minRows={2}
        maxLength={4000}
        value={values.note}
        error={error('/note')}
        onChange={(event) => set('note', event.currentTarget.value)}
      />
      {values.outcome === 'fail' ? <p className="quiet">{t.occurrence.failStays}</p> : null}
      {state === 'stuck' ? (
        <Notice tone="partial" calm>
          {t.occurrence.stuck}
        </Notice>
      ) : null}
      <Button type="submit" loading={form.saving} disabled={blocked}>
        {state === 'busy'
          ? t.occurrence.sending
          : state === 'ready'
            ? t.occurrence.recordWith(format.number(count))
            : t.occurrence.record}
      </Button>
    </form>
  )
}
