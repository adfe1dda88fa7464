import { MultiSelect, NumberInput } from '@mantine/core'
import type { LocalText } from '../../kernel/language.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { ChangedFrom, changedFromOf, type WithChangedFrom } from '../../web/form/ChangedFrom.tsx'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { NameAndKey } from '../../web/form/NameAndKey.tsx'
import { type Form, useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { directions, type Objective } from '../objective.ts'
import { objectiveMessages } from './messages.ts'
import css from './objectives.module.css'
import type { ObjectiveRecord } from './shapes.ts'
import { type OpenTarget, TargetsField } from './TargetsField.tsx'

type Draft = WithChangedFrom &
  Omit<Objective, 'id' | 'version' | 'plan' | 'targets' | 'former'> & {
    plan: LocalText
    targets: OpenTarget[]
    reason: string
    version?: number
  }

const draftOf = (one: Objective): Draft => {
  const { key, name, why, programmeIds, entityIds, ownerId, plan, measure, targets, from, to } = one
  const about = { key, name, why, programmeIds, entityIds, ownerId, plan: plan ?? {} }
  return { ...about, measure, targets, from, to, version: one.version, changedFrom: null, reason: '' }
}

const blank = (today: string): Draft => ({
  ...{ key: '', name: {}, why: {}, programmeIds: [], entityIds: [], ownerId: null, plan: {} },
  measure: {
    ...{ name: {}, method: {}, unit: { en: '%', ja: '%' }, direction: 'up', everyMonths: 3 },
    ...{ measuredById: null, evaluatedById: null },
  },
  ...{ targets: [{ by: null, value: '', upper: null }], from: today, to: null, reason: '' },
  changedFrom: null,
})

/** Whether it goes to somebody else, or is measured in another way: such a change has a day. */
const isMoved = (one: ObjectiveRecord | null, { ownerId, measure }: Pick<Draft, 'ownerId' | 'measure'>) =>
  one !== null && JSON.stringify([one.ownerId, one.measure]) !== JSON.stringify([ownerId, measure])

const numberOrNull = (value: number | string | null) =>
  value === null || value === '' ? null : Number(value)

const targetBody = (target: OpenTarget, direction: Objective['measure']['direction']) => ({
  by: target.by,
  value: numberOrNull(target.value),
  upper: direction === 'within' ? numberOrNull(target.upper) : null,
})

const bodyOf = ({ version: _version, reason: _reason, changedFrom: _from, ...draft }: Draft) => ({
  ...draft,
  plan: draft.plan.en || draft.plan.ja ? draft.plan : null,
  targets: draft.targets.map((target) => targetBody(target, draft.measure.direction)),
})

type ObjectiveFormProps = {
  one: ObjectiveRecord | null
  names: ProgrammeNames
  onClose: () => void
  onSaved: (id: string) => void
}

/** Writes an objective: what is to be reached and why, how it is measured, and the targets with their days. */
export default function ObjectiveForm({ one, names, onClose, onSaved }: ObjectiveFormProps) {
  const t = useWords(objectiveMessages)
  const today = useDay()
  const latest = async () => draftOf(await call<ObjectiveRecord>('GET', `/api/objectives/${one?.id}`))
  const form = useForm<Draft, Objective>({
    initial: one ? draftOf(one) : blank(today),
    save: (draft, idempotencyKey) =>
      one && draft.version !== undefined
        ? call('PUT', `/api/objectives/${one.id}`, {
            body: {
              ...{ ...bodyOf(draft), reason: draft.reason.trim() || null },
              ...changedFromOf(draft, isMoved(one, draft)),
            },
            version: draft.version,
          })
        : call('POST', '/api/objectives', { body: bodyOf(draft), idempotencyKey }),
    ...(one ? { latest } : {}),
    onSaved: (saved) => onSaved(saved.id),
  })
  const { values, set, error } = form
  const labels = {
    ...{ name: t.nameField, key: t.key, why: t.why, plan: t.plan, measure: t.measure, targets: t.targets },
    ...{ entityIds: t.entities, programmeIds: t.programmes, ownerId: t.owner, from: t.from, to: t.to },
  }
  return (
    <FormDrawer title={one ? t.editTitle : t.new} form={form} onClose={onClose} labels={labels}>
      <NameAndKey words={{ ...t, name: t.nameField }} form={form} />
      <LocalTextField
        label={t.why}
        lines
        value={values.why}
        onChange={(why) => set('why', why)}
        error={error('/why')}
      />
      <Measure form={form} one={one} />
      <TargetsField
        within={values.measure.direction === 'within'}
        value={values.targets}
        onChange={(targets) => set('targets', targets)}
        error={error}
      />
      <LocalTextField
        label={t.plan}
        hint={t.planHint}
        lines
        value={values.plan}
        onChange={(plan) => set('plan', plan)}
        error={error('/plan')}
      />
      <Reach form={form} one={one} names={names} />
      {one ? (
        <TextField
          label={t.reasonOptional}
          hint={t.reasonHint}
          lines
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      ) : null}
    </FormDrawer>
  )
}

type PartProps = { form: Form<Draft>; one: ObjectiveRecord | null }

function Measure({ form: { values, set, error }, one }: PartProps) {
  const t = useWords(objectiveMessages)
  const { measure } = values
  const put = (part: Partial<Draft['measure']>) => set('measure', { ...measure, ...part })
  return (
    <fieldset className={css.list}>
      <legend>{t.measure}</legend>
      <LocalTextField
        label={t.measureName}
        value={measure.name}
        onChange={(name) => put({ name })}
        error={error('/measure/name')}
      />
      <LocalTextField
        label={t.method}
        hint={t.methodHint}
        lines
        value={measure.method}
        onChange={(method) => put({ method })}
        error={error('/measure/method')}
      />
      <LocalTextField
        label={t.unit}
        value={measure.unit}
        onChange={(unit) => put({ unit })}
        error={error('/measure/unit')}
      />
      <div className={css.two}>
        <ChoiceField
          label={t.direction}
          value={measure.direction}
          options={directions.map((value) => ({ value, label: t.directions[value] }))}
          onChange={(direction) => put({ direction })}
          error={error('/measure/direction')}
        />
        <NumberInput
          label={t.everyMonths}
          min={1}
          max={36}
          allowDecimal={false}
          value={measure.everyMonths}
          onChange={(value) => put({ everyMonths: Math.round(Number(value)) || 1 })}
          error={error('/measure/everyMonths')}
        />
        <PersonSelect
          label={t.measuredBy}
          value={measure.measuredById}
          nobody={t.nobody}
          already={[one?.measuredBy ?? null]}
          onChange={(measuredById) => put({ measuredById })}
          error={error('/measure/measuredById')}
        />
        <PersonSelect
          label={t.evaluatedBy}
          value={measure.evaluatedById}
          nobody={t.nobody}
          already={[one?.evaluatedBy ?? null]}
          onChange={(evaluatedById) => put({ evaluatedById })}
          error={error('/measure/evaluatedById')}
        />
      </div>
    </fieldset>
  )
}

/** For whom and how long an objective is pursued, and who answers for it. */
function Reach({ form, one, names }: PartProps & { names: ProgrammeNames }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const { values, set, error } = form
  const programmes =
    useRead<{ items: { id: string; name: LocalText }[] }>('/api/programmes').data?.items ?? []
  return (
    <>
      <MultiSelect
        label={t.programmes}
        searchable
        data={programmes.map((one) => ({ value: one.id, label: format.text(one.name) }))}
        value={values.programmeIds}
        onChange={(ids) => set('programmeIds', ids)}
        error={error('/programmeIds')}
      />
      <MultiSelect
        label={t.entities}
        description={t.entitiesHint}
        searchable
        data={names.entities}
        value={values.entityIds}
        onChange={(ids) => set('entityIds', ids)}
        error={error('/entityIds')}
      />
      <PersonSelect
        label={t.owner}
        value={values.ownerId}
        nobody={t.nobody}
        already={[one?.owner ?? null]}
        onChange={(id) => set('ownerId', id)}
        error={error('/ownerId')}
      />
      <ChangedFrom form={form} changed={isMoved(one, values)} />
      <div className={css.two}>
        <DayField
          label={t.from}
          value={values.from}
          onChange={(day) => set('from', day)}
          error={error('/from')}
        />
        <DayField label={t.to} value={values.to} onChange={(day) => set('to', day)} error={error('/to')} />
      </div>
    </>
  )
}
