import { NumberInput, Select } from '@mantine/core'
import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { ChangedFrom, changedFromOf, type WithChangedFrom } from '../../web/form/ChangedFrom.tsx'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { digitsOf } from '../currency.ts'
import { riskMessages } from './messages.ts'
import { currencies, fromMinor, toMinor } from './money.ts'
import css from './risks.module.css'
import type { ActionAnswer, RiskRecord } from './shapes.ts'

type Draft = WithChangedFrom & {
  name: LocalText
  ownerId: string | null
  dueOn: Day | null
  /** In major units, as people write it; null has no cost. */
  amount: number | null
  currency: string
  controlId: string | null
}

const draftOf = (one: ActionAnswer | null): Draft => ({
  ...{ name: one?.name ?? {}, ownerId: one?.ownerId ?? null, dueOn: one?.dueOn ?? null },
  amount: one?.cost ? fromMinor(one.cost.amount, one.cost.currency) : null,
  currency: one?.cost?.currency ?? 'JPY',
  controlId: one?.controlId ?? null,
  changedFrom: null,
})

/** Whether it goes to somebody else, or to another day: such a change has a day of its own. */
const isMoved = (one: ActionAnswer, draft: Pick<Draft, 'ownerId' | 'dueOn'>): boolean =>
  one.ownerId !== draft.ownerId || one.dueOn !== draft.dueOn

type ActionFormProps = { risk: RiskRecord; action: ActionAnswer | null; onClose: () => void }

/** One action of a treatment plan: what, who, by when, at which cost. */
export default function ActionForm({ risk, action, onClose }: ActionFormProps) {
  const t = useWords(riskMessages)
  const form = useForm<Draft, unknown>({
    initial: draftOf(action),
    save: ({ amount, currency, changedFrom, ...draft }, idempotencyKey) => {
      const cost = amount === null ? null : { amount: toMinor(amount, currency), currency }
      const from = action ? changedFromOf({ changedFrom }, isMoved(action, draft)) : {}
      const rest = { body: { ...draft, ...from, cost }, version: risk.version }
      return action
        ? call('PUT', `/api/risks/${risk.id}/actions/${action.key}`, rest)
        : call('POST', `/api/risks/${risk.id}/actions`, { ...rest, idempotencyKey })
    },
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={action ? t.form.editAction : t.form.action(risk.code)} form={form} onClose={onClose}>
      <LocalTextField
        label={t.form.actionName}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <PersonSelect
        label={t.form.actionOwner}
        value={values.ownerId}
        nobody={t.form.actionOwnerNone}
        already={[action?.owner ?? null]}
        onChange={(ownerId) => set('ownerId', ownerId)}
        error={error('/ownerId')}
      />
      <DayField
        label={t.form.due}
        required
        value={values.dueOn}
        onChange={(dueOn) => set('dueOn', dueOn)}
        error={error('/dueOn')}
      />
      <ChangedFrom form={form} changed={action !== null && isMoved(action, values)} />
      <div className={css.two}>
        <NumberInput
          label={t.form.cost}
          min={0}
          thousandSeparator=","
          decimalScale={digitsOf(values.currency)}
          value={values.amount ?? ''}
          onChange={(value) => set('amount', value === '' ? null : Number(value))}
          error={error('/cost')}
        />
        <Select
          label={t.form.currency}
          data={currencies}
          value={values.currency}
          onChange={(currency) => currency && set('currency', currency)}
        />
      </div>
      {risk.controls.length > 0 ? (
        <Select
          label={t.form.control}
          clearable
          data={risk.controls.map((one) => ({ value: one.id, label: one.key }))}
          value={values.controlId}
          onChange={(controlId) => set('controlId', controlId)}
          error={error('/controlId')}
        />
      ) : null}
    </FormDrawer>
  )
}
