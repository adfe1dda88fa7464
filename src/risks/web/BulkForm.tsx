import { NumberInput, SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { riskMessages } from './messages.ts'
import type { RiskAnswer } from './shapes.ts'

const kinds = ['owner', 'months', 'review'] as const

type Draft = {
  kind: (typeof kinds)[number]
  ownerId: string | null
  months: number | null
  review: string
  reason: string
}

const setOf = ({ kind, ownerId, months, review }: Draft) =>
  kind === 'owner' ? { ownerId } : kind === 'months' ? { reviewMonths: months } : { review }

type BulkFormProps = { rows: readonly RiskAnswer[]; onClose: () => void; onDone: () => void }

/** Changes one thing in all the chosen risks. */
export default function BulkForm({ rows, onClose, onDone }: BulkFormProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const form = useForm<Draft, { items: { fate: string }[] }>({
    initial: { kind: 'owner', ownerId: null, months: null, review: '', reason: '' },
    save: (draft, idempotencyKey) =>
      call('POST', '/api/risks/change', {
        body: {
          items: rows.map(({ id, version }) => ({ id, version })),
          set: setOf(draft),
          reason: draft.reason || null,
        },
        idempotencyKey,
      }),
    onSaved: ({ items }) => {
      const changed = items.filter((item) => item.fate === 'changed').length
      notifications.show({
        message: t.bulk.done(format.number(changed), format.number(items.length - changed)),
      })
      onDone()
    },
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.bulk.title(format.number(rows.length))} form={form} onClose={onClose}>
      <Notice tone="accent" calm>
        {t.bulk.lead}
      </Notice>
      <SegmentedControl
        fullWidth
        aria-label={t.bulk.what}
        orientation="vertical"
        data={kinds.map((kind) => ({ value: kind, label: t.bulk.kinds[kind] }))}
        value={values.kind}
        onChange={(kind) => set('kind', kind as Draft['kind'])}
      />
      {values.kind === 'owner' ? (
        <PersonSelect
          label={t.owner}
          hint={t.ownerHint}
          value={values.ownerId}
          nobody={t.nobody}
          already={rows.map((row) => row.owner)}
          onChange={(ownerId) => set('ownerId', ownerId)}
          error={error('/set/ownerId')}
        />
      ) : null}
      {values.kind === 'months' ? (
        <NumberInput
          label={t.reviewMonths}
          description={t.reviewMonthsHint}
          min={1}
          max={60}
          allowDecimal={false}
          value={values.months ?? ''}
          onChange={(value) => set('months', value === '' ? null : Number(value))}
          error={error('/set/reviewMonths')}
        />
      ) : null}
      {values.kind === 'review' ? (
        <TextField
          label={t.form.reviewNote}
          required
          lines
          value={values.review}
          onChange={(review) => set('review', review)}
          error={error('/set/review')}
        />
      ) : (
        <TextField
          label={t.reason}
          hint={t.reasonHint}
          lines
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      )}
    </FormDrawer>
  )
}
