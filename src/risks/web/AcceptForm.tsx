import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Band } from './Band.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { RiskRecord } from './shapes.ts'

type Draft = { until: Day | null; note: string }

/** The owner's word for exactly what stands: it is shown whole before it is given. */
export default function AcceptForm({ risk, onClose }: { risk: RiskRecord; onClose: () => void }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const form = useForm<Draft, unknown>({
    initial: { until: null, note: '' },
    save: ({ until, note }, idempotencyKey) =>
      call('POST', `/api/risks/${risk.id}/accept`, {
        body: { substance: risk.substance, until, note: note || null },
        version: risk.version,
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const { residual } = risk.ratings
  const needed = residual?.acceptable !== true
  return (
    <FormDrawer
      title={t.acceptance.title(risk.code)}
      form={form}
      onClose={onClose}
      saveLabel={t.acceptance.confirm}
    >
      <Notice tone="accent" calm>
        {t.acceptance.lead}
      </Notice>
      <h3>{t.acceptance.what}</h3>
      <Pairs
        facts={[
          { label: t.acceptance.residual, value: <Band rating={residual} /> },
          { label: t.values.rationale, value: risk.assessment?.rationale ?? '—' },
          {
            label: t.treatment,
            value: risk.treatment
              ? `${t.options[risk.treatment.option]} — ${format.text(risk.treatment.why)}`
              : '—',
          },
          {
            label: t.controls,
            value:
              risk.controls
                .filter((one) => risk.treatment?.controlIds.includes(one.id))
                .map((one) => one.key)
                .join(', ') || '—',
          },
          {
            label: t.progress,
            value:
              risk.actions
                .map((one) => `${format.text(one.name)} (${format.shortDay(one.dueOn)})`)
                .join('; ') || '—',
          },
        ]}
      />
      <p className={css.digest}>
        {t.acceptance.digest}: {risk.substance}
      </p>
      {needed && residual ? (
        <Notice tone="partial">{t.acceptance.noteNeeded(format.text(residual.name))}</Notice>
      ) : null}
      <TextField
        label={t.acceptance.note}
        hint={needed ? undefined : t.acceptance.noteHint}
        required={needed}
        lines
        value={values.note}
        onChange={(note) => set('note', note)}
        error={error('/note')}
      />
      <DayField
        label={t.acceptance.until}
        hint={t.acceptance.untilHint}
        value={values.until}
        onChange={(until) => set('until', until)}
        error={error('/until')}
      />
    </FormDrawer>
  )
}
