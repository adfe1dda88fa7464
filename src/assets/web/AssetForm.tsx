import { Checkbox, MultiSelect } from '@mantine/core'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { ChangedFrom, changedFromOf, type WithChangedFrom } from '../../web/form/ChangedFrom.tsx'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { NameAndKey } from '../../web/form/NameAndKey.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type Asset, assetKinds, unsaid } from '../asset.ts'
import { AssetsField } from './AssetsField.tsx'
import { assetMessages } from './messages.ts'
import type { PlaceNames } from './names.ts'
import { useScale } from './scale.ts'
import type { AssetRecord } from './shapes.ts'
import { ValueFields } from './ValueFields.tsx'

type Draft = WithChangedFrom &
  Omit<Asset, 'id' | 'version' | 'identifiers' | 'former'> & {
    identifiers: string
    reason: string
    version?: number
  }

const fields = [
  ...(['version', 'key', 'name', 'description', 'kind', 'entityId', 'serviceIds', 'ownerId'] as const),
  ...(['classification', 'value', 'override', 'personalData', 'cardData', 'location'] as const),
  ...(['retention', 'dependsOn', 'inUseFrom', 'inUseTo'] as const),
]

/** Only what belongs to the record: an answer says more. */
const draftOf = (one: Asset): Draft => ({
  ...(Object.fromEntries(fields.map((field) => [field, one[field]])) as Omit<
    Asset,
    'id' | 'identifiers' | 'former'
  >),
  identifiers: one.identifiers.join('\n'),
  changedFrom: null,
  reason: '',
})

const bodyOf = ({ version: _, identifiers, reason, changedFrom: _from, ...draft }: Draft) => ({
  ...draft,
  identifiers: identifiers
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
  ...(reason ? { reason } : {}),
})

const blank = (entityId: string): Draft => ({
  ...unsaid,
  ...{ key: '', name: {}, kind: 'information' as const, entityId, identifiers: '', reason: '' },
  changedFrom: null,
})

/** Whether it goes to somebody else: such a change has a day. */
const isMoved = (asset: AssetRecord | null, { ownerId }: Pick<Draft, 'ownerId'>): boolean =>
  asset !== null && asset.ownerId !== ownerId

type AssetFormProps = {
  asset: AssetRecord | null
  names: PlaceNames
  onClose: () => void
  onSaved: (id: string) => void
}

/** Everything that is said of an asset. */
export default function AssetForm({ asset, names, onClose, onSaved }: AssetFormProps) {
  const t = useWords(assetMessages)
  const scale = useScale()
  const form = useForm<Draft, Asset>({
    initial: asset ? draftOf(asset) : blank(names.entities[0]?.value ?? ''),
    save: (draft, idempotencyKey) =>
      asset && draft.version !== undefined
        ? call('PUT', `/api/assets/${asset.id}`, {
            body: { ...bodyOf(draft), ...changedFromOf(draft, isMoved(asset, draft)) },
            version: draft.version,
          })
        : call('POST', '/api/assets', { body: bodyOf(draft), idempotencyKey }),
    ...(asset ? { latest: async () => draftOf(await call<Asset>('GET', `/api/assets/${asset.id}`)) } : {}),
    onSaved: ({ id }) => onSaved(id),
  })
  const { values, set, error } = form
  const labels = {
    ...{ name: t.name, key: t.key, description: t.description, kind: t.kind, entityId: t.entity },
    ...{ serviceIds: t.services, ownerId: t.owner, classification: t.classification, value: t.values },
    ...{ override: t.override, personalData: t.personalData, cardData: t.cardData, location: t.location },
    ...{ retention: t.retention, dependsOn: t.dependsOn, identifiers: t.identifiers },
    ...{ inUseFrom: t.inUseFrom, inUseTo: t.inUseTo },
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
      <PersonSelect
        label={t.owner}
        value={values.ownerId}
        nobody={t.nobody}
        already={asset ? [asset.owner] : []}
        onChange={(ownerId) => set('ownerId', ownerId)}
        error={error('/ownerId')}
      />
      <ChangedFrom form={form} changed={isMoved(asset, values)} />
      <ChoiceField
        label={t.classification}
        value={values.classification ?? ''}
        options={[{ value: '', label: t.unclassified }, ...scale.classifications]}
        onChange={(key) => set('classification', key || null)}
        error={error('/classification')}
      />
      <ValueFields form={form} scale={scale} />
      <Checkbox
        label={t.personalData}
        checked={values.personalData}
        onChange={(event) => set('personalData', event.currentTarget.checked)}
      />
      <Checkbox
        label={t.cardData}
        checked={values.cardData}
        onChange={(event) => set('cardData', event.currentTarget.checked)}
      />
      <AssetsField
        label={t.dependsOn}
        hint={t.dependsOnHint}
        value={values.dependsOn}
        already={asset?.needs ?? []}
        except={asset?.id}
        onChange={(ids) => set('dependsOn', ids)}
        error={error('/dependsOn')}
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
      <LocalTextField
        label={t.description}
        lines
        value={values.description ?? {}}
        onChange={(text) => set('description', text.en || text.ja ? text : null)}
        error={error('/description')}
      />
      <LocalTextField
        label={t.location}
        value={values.location ?? {}}
        onChange={(text) => set('location', text.en || text.ja ? text : null)}
        error={error('/location')}
      />
      <Retention form={form} />
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
      {asset ? (
        <TextField
          label={t.reason}
          hint={t.reasonHint}
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      ) : null}
    </FormDrawer>
  )
}

/** How long it is kept, and on what grounds: one is nothing without the other. */
function Retention({ form: { values, set, error } }: { form: ReturnType<typeof useForm<Draft, Asset>> }) {
  const t = useWords(assetMessages)
  const { retention } = values
  return (
    <>
      <TextField
        label={t.retentionMonths}
        value={String(retention?.months ?? '')}
        onChange={(text) => {
          const months = Number(text.normalize('NFKC').replace(/\D/g, ''))
          set('retention', months > 0 ? { months, basis: retention?.basis ?? {} } : null)
        }}
        error={error('/retention/months')}
      />
      {retention ? (
        <LocalTextField
          label={t.retentionBasis}
          value={retention.basis}
          onChange={(basis) => set('retention', { ...retention, basis })}
          error={error('/retention/basis')}
        />
      ) : null}
    </>
  )
}
