import { Checkbox, NumberInput } from '@mantine/core'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import type { Implementation } from '../implementation.ts'
import { FrequencyField } from './FrequencyField.tsx'
import { controlMessages } from './messages.ts'
import type { Places } from './names.ts'
import { PhasesField } from './PhasesField.tsx'
import { PlanChange } from './PlanChange.tsx'
import type { ControlRecord, ImplementationAnswer } from './shapes.ts'

type Draft = Omit<
  Implementation,
  'id' | 'version' | 'controlId' | 'entityId' | 'ownerId' | 'endedOn' | 'former'
> & {
  ownerId: string
  reason: string
}

type ImplementationFormProps = {
  control: ControlRecord
  place: { entityId: string; serviceId: string | null }
  /** The one to change; null to begin one. */
  one: ImplementationAnswer | null
  /** A service of the entity is to have a way of its own: which one is asked. */
  ofService: boolean
  places: Places
  onClose: () => void
}

const draftOf = (one: Implementation | null, today: string, serviceId: string | null): Draft => ({
  serviceId: one?.serviceId ?? serviceId,
  inheritable: one?.inheritable ?? true,
  ownerId: one?.ownerId ?? '',
  description: one?.description ?? {},
  frequency: one?.frequency ?? null,
  evidenceDays: one?.evidenceDays ?? 365,
  phases: one?.phases ?? [{ from: today, stance: 'operating', reason: null }],
  reason: '',
})

/** How a place carries the control out: since when, by whom, how often, and what saving does to the plan. */
export default function ImplementationForm(props: ImplementationFormProps) {
  const { control, place, one, ofService, places, onClose } = props
  const t = useWords(controlMessages)
  const today = useMe().data?.today ?? '1970-01-01'
  const taken = new Set(control.places.filter((each) => each.kind === 'own').map((each) => each.serviceId))
  const services = places.services.filter((each) => each.entityId === place.entityId && !taken.has(each.id))
  const initial = draftOf(one, today, ofService ? (services[0]?.id ?? null) : place.serviceId)
  const recordOf = ({ reason: _, ...draft }: Draft) => ({
    ...draft,
    controlId: control.id,
    entityId: place.entityId,
    ownerId: draft.ownerId || null,
  })
  const form = useForm<Draft, Implementation>({
    initial,
    save: (draft, idempotencyKey) =>
      one
        ? call('PUT', `/api/implementations/${one.id}`, {
            body: { ...recordOf(draft), reason: draft.reason || null },
            version: one.version,
          })
        : call('POST', '/api/implementations', { body: recordOf(draft), idempotencyKey }),
    ...(one
      ? {
          latest: async () =>
            draftOf(await call<Implementation>('GET', `/api/implementations/${one.id}`), today, null),
        }
      : {}),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const title = places.place({ entityId: place.entityId, serviceId: values.serviceId })
  return (
    <FormDrawer
      title={one ? t.where.editTitle(title) : t.where.addTitle(title)}
      form={form}
      onClose={onClose}
      labels={{
        description: t.implementation.description,
        phases: t.implementation.phases,
        frequency: t.frequency.label,
      }}
      consequence={
        one ? (
          <PlanChange
            id={one.id}
            after={{ ...recordOf(values), id: one.id, version: one.version, endedOn: null, former: null }}
          />
        ) : null
      }
    >
      {ofService ? (
        <ChoiceField
          label={t.implementation.service}
          value={values.serviceId ?? ''}
          options={services.map((each) => ({ value: each.id, label: places.service(each.id) }))}
          onChange={(serviceId) => set('serviceId', serviceId)}
          error={error('/serviceId') ?? error('/controlId')}
        />
      ) : null}
      <LocalTextField
        label={t.implementation.description}
        hint={t.implementation.descriptionHint}
        lines
        value={values.description}
        onChange={(description) => set('description', description)}
        error={error('/description')}
      />
      <PersonSelect
        label={t.implementation.owner}
        hint={t.implementation.ownerHint}
        value={values.ownerId || null}
        nobody={t.implementation.ofControl}
        already={[one?.owner ?? null, control.owner]}
        onChange={(ownerId) => set('ownerId', ownerId ?? '')}
        error={error('/ownerId')}
      />
      <FrequencyField
        value={values.frequency}
        phases={values.phases}
        today={today}
        onChange={(frequency) => set('frequency', frequency)}
        error={(at) => error(`/frequency${at}`)}
      />
      <PhasesField
        phases={values.phases}
        today={today}
        onChange={(phases) => set('phases', phases)}
        error={(at) => error(`/phases${at}`)}
      />
      <NumberInput
        label={t.implementation.evidenceDays}
        description={t.implementation.evidenceDaysHint}
        min={1}
        max={3660}
        clampBehavior="none"
        value={values.evidenceDays}
        error={error('/evidenceDays')}
        onChange={(days) => set('evidenceDays', Number(days))}
      />
      {values.serviceId === null ? (
        <Checkbox
          size="sm"
          label={t.implementation.inheritable}
          checked={values.inheritable}
          onChange={(event) => set('inheritable', event.currentTarget.checked)}
        />
      ) : null}
      {one ? (
        <TextField
          label={t.form.reason}
          hint={t.form.reasonHint}
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      ) : null}
    </FormDrawer>
  )
}
