import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Entity } from '../entity.ts'
import { organisationMessages } from './messages.ts'
import type { EntityAnswer } from './shapes.ts'

type Draft = Omit<Entity, 'id' | 'version'> & { version?: number }

const blank = (parentId: string | null): Draft => ({
  key: '',
  parentId,
  kind: 'company',
  name: {},
  country: null,
  memberFrom: null,
  memberTo: null,
})

const draftOf = ({ key, parentId, kind, name, country, memberFrom, memberTo, version }: Entity): Draft => ({
  ...{ key, parentId, kind, name, country, memberFrom, memberTo, version },
})

/** What can stand in an address, from a name: a first proposal for the key. */
const keyFrom = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)

type EntityFormProps = {
  entity: EntityAnswer | null
  entities: readonly EntityAnswer[]
  onClose: () => void
}

export function EntityForm({ entity, entities, onClose }: EntityFormProps) {
  const t = useWords(organisationMessages)
  const format = useFormat()
  const top = entities.find((one) => one.parentId === null)
  const form = useForm<Draft, Entity>({
    initial: entity ? draftOf(entity) : blank(top?.id ?? null),
    save: ({ version, ...draft }, idempotencyKey) =>
      entity && version !== undefined
        ? call('PUT', `/api/entities/${entity.id}`, { body: draft, version })
        : call('POST', '/api/entities', {
            body: { ...draft, key: draft.key || keyFrom(draft.name.en ?? '') },
            idempotencyKey,
          }),
    ...(entity
      ? { latest: async () => draftOf(await call<Entity>('GET', `/api/entities/${entity.id}`)) }
      : {}),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const parents = [
    { value: '', label: t.top },
    ...entities
      .filter((one) => one.id !== entity?.id)
      .map((one) => ({ value: one.id, label: format.text(one.name) })),
  ]
  const labels = {
    name: t.name,
    kind: t.kind,
    key: t.key,
    country: t.country,
    memberFrom: t.memberFrom,
    memberTo: t.memberTo,
  }
  return (
    <FormDrawer title={entity ? t.editEntity : t.newEntity} form={form} onClose={onClose} labels={labels}>
      <LocalTextField
        label={t.name}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <ChoiceField
        label={t.kind}
        value={values.kind}
        options={(['company', 'division', 'site'] as const).map((value) => ({
          value,
          label: t.kinds[value],
        }))}
        onChange={(kind) => set('kind', kind)}
        error={error('/kind')}
      />
      <ChoiceField
        label={t.parent}
        value={values.parentId ?? ''}
        options={parents}
        onChange={(parentId) => set('parentId', parentId || null)}
        error={error('/parentId')}
      />
      <TextField
        label={t.key}
        hint={t.keyHint}
        mono
        value={values.key || (entity ? '' : keyFrom(values.name.en ?? ''))}
        onChange={(key) => set('key', key)}
        error={error('/key')}
      />
      <TextField
        label={t.country}
        hint={t.countryHint}
        value={values.country ?? ''}
        onChange={(country) => set('country', country.toUpperCase() || null)}
        error={error('/country')}
      />
      <DayField
        label={t.memberFrom}
        value={values.memberFrom}
        onChange={(day) => set('memberFrom', day)}
        error={error('/memberFrom')}
      />
      <DayField
        label={t.memberTo}
        value={values.memberTo}
        onChange={(day) => set('memberTo', day)}
        error={error('/memberTo')}
      />
    </FormDrawer>
  )
}
