import { MultiSelect, NumberInput, Textarea } from '@mantine/core'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { ChangedFrom, changedFromOf, type WithChangedFrom } from '../../web/form/ChangedFrom.tsx'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, TextField } from '../../web/form/fields.tsx'
import { NameAndKey } from '../../web/form/NameAndKey.tsx'
import { type Form, useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Check } from '../check.ts'
import css from './checks.module.css'
import { checkMessages } from './messages.ts'
import type { CheckNames } from './names.ts'
import type { CheckAnswer } from './shapes.ts'
import { TryOut } from './TryOut.tsx'

type Draft = WithChangedFrom & Omit<Check, 'id' | 'version' | 'activeTo' | 'former'> & { reason: string }

const wordsOf = <Value extends string>(words: Readonly<Record<Value, string>>) =>
  (Object.keys(words) as Value[]).map((value) => ({ value, label: words[value] }))

const emptyCheck = (today: string): Draft => ({
  key: '',
  name: {},
  controlId: '',
  dataKind: '',
  expression: '',
  severity: 'medium',
  ownerId: null,
  everyDays: 7,
  toleranceDays: 2,
  resources: { kinds: [], entityIds: [], serviceIds: [] },
  activeFrom: today,
  changedFrom: null,
  reason: '',
})

function draftOf(check: CheckAnswer | null, today: string): Draft {
  if (check === null) return emptyCheck(today)
  const { key, name, controlId, dataKind, expression, severity } = check
  const { ownerId, everyDays, toleranceDays, resources, activeFrom } = check
  const facts = { key, name, controlId, dataKind, expression, severity }
  const when = { everyDays, toleranceDays, resources, activeFrom }
  return { ...facts, ...when, ownerId, changedFrom: null, reason: '' }
}

type CheckFormProps = {
  check: CheckAnswer | null
  names: CheckNames
  onClose: () => void
  onSaved: (id: string) => void
}

/** Creates a check or changes what it asks from now on, with a trial on stored evidence. */
export default function CheckForm({ check, names, onClose, onSaved }: CheckFormProps) {
  const t = useWords(checkMessages)
  const me = useMe()
  const form = useForm<Draft, Check>({
    initial: draftOf(check, me.data?.today ?? ''),
    save: ({ reason, changedFrom, ...body }, idempotencyKey) =>
      check
        ? call('PUT', `/api/checks/${check.id}`, {
            body: {
              ...{ ...body, reason: reason.trim() || null },
              ...changedFromOf({ changedFrom }, check.ownerId !== body.ownerId),
            },
            version: check.version,
          })
        : call('POST', '/api/checks', { body, idempotencyKey }),
    onSaved: (saved) => onSaved(saved.id),
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={check ? t.editTitle : t.newTitle} form={form} onClose={onClose}>
      <NameAndKey words={t} form={form} />
      {check ? null : (
        <ChoiceField
          label={t.control}
          required
          value={values.controlId}
          options={names.controls.map(({ id }) => ({ value: id, label: names.control(id) }))}
          onChange={(controlId) => set('controlId', controlId)}
          error={error('/controlId')}
        />
      )}
      <PersonSelect
        label={t.owner}
        hint={t.ownerHint}
        nobody={t.nobody}
        already={[check?.owner ?? null]}
        value={values.ownerId}
        onChange={(ownerId) => set('ownerId', ownerId)}
        error={error('/ownerId')}
      />
      <ChangedFrom form={form} changed={check !== null && check.ownerId !== values.ownerId} />
      <TextField
        label={t.kind}
        hint={t.kindHint}
        mono
        required
        value={values.dataKind}
        onChange={(dataKind) => set('dataKind', dataKind)}
        error={error('/dataKind')}
      />
      <Textarea
        className={css.code ?? ''}
        label={t.expression}
        description={t.expressionHint}
        withAsterisk
        autosize
        minRows={4}
        spellCheck={false}
        value={values.expression}
        onChange={(event) => set('expression', event.currentTarget.value)}
        error={error('/expression')}
      />
      <TryOut expression={values.expression} kind={values.dataKind} />
      <When form={form} />
      <Where form={form} names={names} />
      {check ? (
        <TextField
          label={t.reasonOptional}
          lines
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      ) : null}
    </FormDrawer>
  )
}

function When({ form: { values, set, error } }: { form: Form<Draft> }) {
  const t = useWords(checkMessages)
  const whole = (value: string | number) => Math.round(Number(value)) || 0
  return (
    <>
      <div className={css.two}>
        <ChoiceField
          label={t.severity}
          value={values.severity}
          options={wordsOf(t.severities)}
          onChange={(severity) => set('severity', severity)}
          error={error('/severity')}
        />
        <DayField
          label={t.activeFrom}
          required
          value={values.activeFrom}
          onChange={(day) => day && set('activeFrom', day)}
          error={error('/activeFrom')}
        />
      </div>
      <div className={css.two}>
        <NumberInput
          label={t.everyDays}
          min={1}
          max={366}
          allowDecimal={false}
          value={values.everyDays}
          onChange={(value) => set('everyDays', whole(value))}
          error={error('/everyDays')}
        />
        <NumberInput
          label={t.toleranceDays}
          min={0}
          max={92}
          allowDecimal={false}
          value={values.toleranceDays}
          onChange={(value) => set('toleranceDays', whole(value))}
          error={error('/toleranceDays')}
        />
      </div>
    </>
  )
}

function Where({ form: { values, set, error }, names }: { form: Form<Draft>; names: CheckNames }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  const { resources } = values
  const named = (items: readonly { id: string; name: object }[]) =>
    items.map(({ id, name }) => ({ value: id, label: format.text(name) }))
  return (
    <>
      <MultiSelect
        label={t.assetKinds}
        description={t.restrictHint}
        data={wordsOf(t.kinds)}
        value={resources.kinds}
        onChange={(kinds) => set('resources', { ...resources, kinds: kinds as Draft['resources']['kinds'] })}
        error={error('/resources/kinds')}
      />
      <div className={css.two}>
        <MultiSelect
          label={t.entities}
          searchable
          data={named(names.entities)}
          value={resources.entityIds}
          onChange={(entityIds) => set('resources', { ...resources, entityIds })}
          error={error('/resources/entityIds')}
        />
        <MultiSelect
          label={t.services}
          searchable
          data={named(names.services)}
          value={resources.serviceIds}
          onChange={(serviceIds) => set('resources', { ...resources, serviceIds })}
          error={error('/resources/serviceIds')}
        />
      </div>
    </>
  )
}
