import { NumberInput } from '@mantine/core'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { objectiveMessages } from './messages.ts'
import type { ObjectiveRecord, ShownReading } from './shapes.ts'

type Draft = { on: string | null; value: number | string; source: string; note: string }

type ReadingFormProps = {
  one: ObjectiveRecord
  /** The reading that is corrected; null adds one. */
  wrong: ShownReading | null
  onClose: () => void
}

/** Adds a value of the measure, or one that replaces a wrong one. */
export default function ReadingForm({ one, wrong, onClose }: ReadingFormProps) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const today = useDay()
  const last = one.readings.at(-1)
  const form = useForm<Draft, unknown>({
    initial: {
      on: wrong?.on ?? today,
      value: '',
      source: wrong?.source ?? last?.source ?? '',
      note: '',
    },
    save: ({ on, value, source, note }, idempotencyKey) =>
      call('POST', `/api/objectives/${one.id}/readings`, {
        body: {
          ...{ on, source, note: note.trim() || null, replaces: wrong?.id ?? null },
          value: value === '' ? null : Number(value),
        },
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const title = wrong ? t.correctTitle(format.day(wrong.on)) : t.addReading
  return (
    <FormDrawer
      title={title}
      form={form}
      onClose={onClose}
      consequence={wrong ? <p className="quiet">{t.correctHint}</p> : null}
    >
      <DayField
        label={t.day}
        required
        value={values.on}
        onChange={(on) => set('on', on)}
        error={error('/on')}
      />
      <NumberInput
        label={`${t.value} (${format.text(one.measure.unit)})`}
        withAsterisk
        hideControls
        value={values.value}
        onChange={(value) => set('value', value)}
        error={error('/value')}
      />
      <TextField
        label={t.source}
        hint={t.sourceHint}
        required
        lines
        value={values.source}
        onChange={(source) => set('source', source)}
        error={error('/source')}
      />
      <TextField
        label={t.note}
        lines
        value={values.note}
        onChange={(note) => set('note', note)}
        error={error('/note')}
      />
    </FormDrawer>
  )
}
