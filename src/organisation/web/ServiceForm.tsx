import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Service } from '../service.ts'
import { organisationMessages } from './messages.ts'
import type { EntityAnswer, ServiceAnswer } from './shapes.ts'

type Draft = Omit<Service, 'id' | 'version'> & { version?: number }

const draftOf = ({ key, entityId, kind, name, offeredFrom, offeredTo, version }: Service): Draft => ({
  ...{ key, entityId, kind, name, offeredFrom, offeredTo, version },
})

type ServiceFormProps = {
  service: ServiceAnswer | null
  entities: readonly EntityAnswer[]
  onClose: () => void
}

export function ServiceForm({ service, entities, onClose }: ServiceFormProps) {
  const t = useWords(organisationMessages)
  const format = useFormat()
  const form = useForm<Draft, Service>({
    initial: service
      ? draftOf(service)
      : {
          key: '',
          entityId: entities[0]?.id ?? '',
          kind: 'product',
          name: {},
          offeredFrom: null,
          offeredTo: null,
        },
    save: ({ version, ...draft }, idempotencyKey) =>
      service && version !== undefined
        ? call('PUT', `/api/services/${service.id}`, { body: draft, version })
        : call('POST', '/api/services', { body: draft, idempotencyKey }),
    ...(service
      ? { latest: async () => draftOf(await call<Service>('GET', `/api/services/${service.id}`)) }
      : {}),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const labels = {
    name: t.name,
    kind: t.kind,
    key: t.key,
    offeredFrom: t.offeredFrom,
    offeredTo: t.offeredTo,
  }
  return (
    <FormDrawer title={service ? t.editService : t.newService} form={form} onClose={onClose} labels={labels}>
      <LocalTextField
        label={t.name}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <ChoiceField
        label={t.kind}
        value={values.kind}
        options={(['product', 'system'] as const).map((value) => ({ value, label: t.serviceKinds[value] }))}
        onChange={(kind) => set('kind', kind)}
        error={error('/kind')}
      />
      <ChoiceField
        label={t.entity}
        value={values.entityId}
        options={entities.map((one) => ({ value: one.id, label: format.text(one.name) }))}
        onChange={(entityId) => set('entityId', entityId)}
        error={error('/entityId')}
      />
      <TextField
        label={t.key}
        hint={t.keyHint}
        mono
        value={values.key}
        onChange={(key) => set('key', key)}
        error={error('/key')}
      />
      <DayField
        label={t.offeredFrom}
        value={values.offeredFrom}
        onChange={(day) => set('offeredFrom', day)}
        error={error('/offeredFrom')}
      />
      <DayField
        label={t.offeredTo}
        value={values.offeredTo}
        onChange={(day) => set('offeredTo', day)}
        error={error('/offeredTo')}
      />
    </FormDrawer>
  )
}
