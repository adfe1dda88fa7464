import { Select } from '@mantine/core'
import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import type { RiskMethod } from '../method.ts'
import { methodInForce } from '../method-rules.ts'
import { exceeds, ratingOf, type ValueKind, valueKinds } from '../rating.ts'
import type { RiskValue } from '../risk.ts'
import { Band } from './Band.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { Methods, RiskRecord } from './shapes.ts'

type Draft = Record<ValueKind, RiskValue | null> & { on: Day | null; rationale: string; exception: string }

type JudgedProps = {
  kind: ValueKind
  method: RiskMethod
  value: RiskValue | null
  onChange: (value: RiskValue) => void
  error: (pointer: string) => string | null
}

/** One of the three values: two scales, and the level that they make. */
function Judged({ kind, method, value, onChange, error }: JudgedProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const scale = (axis: 'likelihood' | 'consequence') => (
    <Select
      label={t[axis]}
      aria-label={`${t.levelOf[kind]}: ${t[axis]}`}
      data={method[axis].map((level, index) => ({
        value: String(index),
        label: `${index + 1} ${format.text(level.name)}`,
      }))}
      value={value === null || value[axis] < 0 ? null : String(value[axis])}
      description={value === null ? null : format.text(method[axis][value[axis]]?.anchor)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={error(`/${kind}/${axis}`)}
      onChange={(next) =>
        next !== null && onChange({ ...(value ?? { likelihood: -1, consequence: -1 }), [axis]: Number(next) })
      }
    />
  )
  return (
    <fieldset className={css.judged}>
      <legend>
        {t.levelOf[kind]} <small>{t.levelHints[kind]}</small>
        {value ? <Band rating={ratingOf(method, value)?.band ?? null} /> : null}
      </legend>
      <div className={css.two}>
        {scale('likelihood')}
        {scale('consequence')}
      </div>
    </fieldset>
  )
}

const rises = (one: RiskValue | null, before: RiskValue | null) =>
  one !== null && before !== null && exceeds(one, before)

/** Judges a risk by the method in force on the day. */
export default function AssessForm({ risk, onClose }: { risk: RiskRecord; onClose: () => void }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const methods = useRead<Methods>('/api/risk-methods').data?.items ?? []
  const today = useMe().data?.today ?? null
  const last = risk.assessment
  const isSame = last !== null && methods.find((one) => one.inForce)?.id === last.methodId
  const form = useForm<Draft, unknown>({
    initial: {
      on: today,
      // Judged by another version, the old numbers would mean something else.
      inherent: isSame || !risk.outdated ? (last?.inherent ?? null) : null,
      current: isSame || !risk.outdated ? (last?.current ?? null) : null,
      residual: isSame || !risk.outdated ? (last?.residual ?? null) : null,
      rationale: '',
      exception: '',
    },
    save: ({ exception, ...draft }, idempotencyKey) =>
      call('POST', `/api/risks/${risk.id}/assess`, {
        body: { ...draft, exception: exception || null },
        version: risk.version,
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const method = methodInForce(methods, values.on ?? today ?? '')
  const higher =
    rises(values.current, values.inherent) ||
    rises(values.residual, values.current) ||
    rises(values.residual, values.inherent)
  return (
    <FormDrawer title={t.form.assess(risk.code)} form={form} onClose={onClose}>
      <DayField
        label={t.day}
        required
        value={values.on}
        onChange={(on) => set('on', on)}
        error={error('/on')}
      />
      <Notice tone={method ? 'accent' : 'partial'} calm>
        {method ? t.form.assessLead(format.number(method.number)) : t.form.assessNoMethod}
      </Notice>
      {method
        ? valueKinds.map((kind) => (
            <Judged
              key={kind}
              kind={kind}
              method={method}
              value={values[kind]}
              onChange={(value) => set(kind, value)}
              error={error}
            />
          ))
        : null}
      {higher || values.exception !== '' ? (
        <TextField
          label={t.form.exception}
          hint={t.form.exceptionHint}
          required
          lines
          value={values.exception}
          onChange={(exception) => set('exception', exception)}
          error={error('/exception')}
        />
      ) : null}
      <TextField
        label={t.form.rationale}
        required
        lines
        value={values.rationale}
        onChange={(rationale) => set('rationale', rationale)}
        error={error('/rationale')}
      />
    </FormDrawer>
  )
}
