import { MultiSelect } from '@mantine/core'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, TextField } from '../../web/form/fields.tsx'
import { NameAndKey } from '../../web/form/NameAndKey.tsx'
import { OwnerField } from '../../web/form/OwnerField.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type Asset, assetKinds, unsaid } from '../asset.ts'
import { assetMessages } from './messages.ts'

type Draft = Omit<Asset, 'id' | 'version' | 'identifiers'> & { identifiers: string; version?: number }

const draftOf = ({ id: _, identifiers, ...one }: Asset): Draft => ({
  ...one,
  identifiers: identifiers.join('\n'),
})

const bodyOf = ({ version: _, identifiers, ...draft }: Draft) => ({
  ...draft,
  identifiers: identifiers
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
})

const blank = (entityId: string): Draft => ({
  ...unsaid,
  ...{ key: '', name: {}, kind: 'system' as const, entityId, identifiers: '' },
})

type AssetFormProps = { asset: Asset | null; names: ProgrammeNames; onClose: () => void }

export default function AssetForm({ asset, names, onClose }: AssetFormProps) {
  const t = useWords(assetMessages)
  const form = useForm<Draft, Asset>({
    initial: asset ? draftOf(asset) : blank(names.entities[0]?.value ?? ''),
    save: (draft, idempotencyKey) =>
      asset && draft.version !== undefined
        ? call('PUT', `/api/assets/${asset.id}`, { body: bodyOf(draft), version: draft.version })
        : call('POST', '/api/assets', { body: bodyOf(draft), idempotencyKey }),
    ...(asset ? { latest: async () => draftOf(await call<Asset>('GET', `/api/assets/${asset.id}`)) } : {}),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const labels = {
    ...{ name: t.name, key: t.key, kind: t.kind, entityId: t.entity, serviceIds: t.services },
    ...{ ownerId: t.owner, identifiers: t.identifiers, inUseFrom: t.inUseFrom, inUseTo: t.inUseTo },
  }
  return (
    <FormDrawer title={asset ? t.editTitle : t.new} form={form} onClose={onClose} labels={labels}>
      <NameAndKey words={t} form={form} />
      <ChoiceField
        label={t.kind}
        value={values.kind}
        options={assetKinds.map((value) => ({ value, label: t.kinds[value] }))}
        onChange={(kind) => set('kind', kind)}
        error={error('/kind')}
      />
      <ChoiceField
        label={t.entity}
        value={values.entityId}
        options={names.entities}
        onChange={(entityId) => set('entityId', entityId)}
        error={error('/entityId')}
      />
      <MultiSelect
        label={t.services}
        description={t.servicesHint}
        searchable
        data={names.services}
        value={values.serviceIds}
        onChange={(serviceIds) => set('serviceIds', serviceIds)}
        error={error('/serviceIds')}
      />
      <OwnerField words={t} people={names.people} form={form} />
      <TextField
        label={t.identifiers}
        hint={t.identifiersHint}
        lines
        value={values.identifiers}
        onChange={(identifiers) => set('identifiers', identifiers)}
        error={error('/identifiers')}
      />
      <DayField
        label={t.inUseFrom}
        value={values.inUseFrom}
        onChange={(day) => set('inUseFrom', day)}
        error={error('/inUseFrom')}
      />
      <DayField
        label={t.inUseTo}
        value={values.inUseTo}
        onChange={(day) => set('inUseTo', day)}
        error={error('/inUseTo')}
      />
    </FormDrawer>
  )
}
