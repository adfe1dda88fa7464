import { Button, NumberInput, Select } from '@mantine/core'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { digitsOf } from '../currency.ts'
import type { Quantity } from '../quantity.ts'
import { riskMessages } from './messages.ts'
import { currencies, fromMinor, toMinor } from './money.ts'
import { draftOf } from './RiskForm.tsx'
import css from './risks.module.css'
import type { RiskRecord } from './shapes.ts'

type Draft = {
  none: boolean
  frequencyLow: number | ''
  frequencyHigh: number | ''
  lossLow: number | ''
  lossHigh: number | ''
  currency: string
  trials: number | ''
  seed: number | ''
  why: string
}

const numbersOf = (one: Quantity | null): Draft => ({
  none: false,
  frequencyLow: one?.frequency.low ?? '',
  frequencyHigh: one?.frequency.high ?? '',
  lossLow: one ? fromMinor(one.loss.low, one.currency) : '',
  lossHigh: one ? fromMinor(one.loss.high, one.currency) : '',
  currency: one?.currency ?? 'JPY',
  trials: one?.trials ?? 100_000,
  seed: one?.seed ?? 1,
  why: one?.why ?? '',
})

const quantityOf = (draft: Draft) =>
  draft.none
    ? null
    : {
        frequency: { low: draft.frequencyLow, high: draft.frequencyHigh },
        loss: {
          low: draft.lossLow === '' ? '' : toMinor(draft.lossLow, draft.currency),
          high: draft.lossHigh === '' ? '' : toMinor(draft.lossHigh, draft.currency),
        },
        ...{ currency: draft.currency, trials: draft.trials, seed: draft.seed, why: draft.why },
      }

/** How often, how much, and where the numbers come from. */
export default function QuantityForm({ risk, onClose }: { risk: RiskRecord; onClose: () => void }) {
  const t = useWords(riskMessages)
  const form = useForm<Draft, unknown>({
    initial: numbersOf(risk.quantity),
    save: (draft) => {
      const { reason: _, ...written } = draftOf(risk)
      const body = { ...written, quantity: quantityOf(draft) }
      return call('PUT', `/api/risks/${risk.id}`, { body, version: risk.version })
    },
    onSaved: onClose,
  })
  const { values, set, patch, error } = form
  const number = (
    name: 'frequencyLow' | 'frequencyHigh' | 'lossLow' | 'lossHigh' | 'trials' | 'seed',
    label: string,
    pointer: string,
    digits: number,
    hint?: string,
  ) => (
    <NumberInput
      label={label}
      {...(hint ? { description: hint } : {})}
      min={0}
      decimalScale={digits}
      thousandSeparator={name === 'seed' ? '' : ','}
      value={values[name]}
      onChange={(value) => patch({ [name]: value === '' ? '' : Number(value) })}
      error={error(pointer)}
    />
  )
  return (
    <FormDrawer title={t.money.form(risk.code)} form={form} onClose={onClose}>
      <fieldset className={css.part}>
        <legend>{t.money.frequency}</legend>
        <div className={css.two}>
          {number('frequencyLow', t.money.low, '/quantity/frequency/low', 6)}
          {number('frequencyHigh', t.money.high, '/quantity/frequency/high', 6)}
        </div>
        <span className="quiet">{t.money.rangeHint}</span>
      </fieldset>
      <fieldset className={css.part}>
        <legend>{t.money.loss}</legend>
        <div className={css.three}>
          {number('lossLow', t.money.low, '/quantity/loss/low', digitsOf(values.currency))}
          {number('lossHigh', t.money.high, '/quantity/loss/high', digitsOf(values.currency))}
          <Select
            label={t.money.currency}
            data={currencies}
            value={values.currency}
            onChange={(currency) => currency && set('currency', currency)}
          />
        </div>
        <span className="quiet">{t.money.rangeHint}</span>
      </fieldset>
      <TextField
        label={t.money.why}
        required
        lines
        value={values.why}
        onChange={(why) => set('why', why)}
        error={error('/quantity/why')}
      />
      <div className={css.two}>
        {number('trials', t.money.trials, '/quantity/trials', 0)}
        {number('seed', t.money.seed, '/quantity/seed', 0, t.money.seedHint)}
      </div>
      {risk.quantity ? (
        <div>
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            onClick={() => patch({ none: !values.none })}
            aria-pressed={values.none}
          >
            {t.money.remove}
          </Button>
        </div>
      ) : null}
    </FormDrawer>
  )
}
