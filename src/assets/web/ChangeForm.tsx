import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { properties } from '../property.ts'
import css from './assets.module.css'
import { assetMessages } from './messages.ts'
import type { PlaceNames } from './names.ts'
import type { ScaleWords } from './scale.ts'
import type { AssetAnswer } from './shapes.ts'

const keep = 'keep'

const initial = {
  ...{
    ownerId: keep as string | null,
    entityId: keep,
    classification: keep,
    personalData: keep,
    cardData: keep,
  },
  ...{ confidentiality: keep, integrity: keep, availability: keep, reason: '' },
}

type Values = typeof initial
type Row = {
  id: string
  key: string
  fate: 'changed' | 'unchanged' | 'refused'
  problems: { code: string }[]
}
type Answer = { counts: Record<Row['fate'], number>; rows: Row[] }

const given = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== keep))

/** What is chosen, as the API takes it; what is kept is left out. */
function changeOf(values: Values) {
  const flag = (value: string) => (value === keep ? keep : value === 'yes')
  const levels = given(
    Object.fromEntries(
      properties.map((each) => [
        each,
        values[each] === '' ? null : values[each] === keep ? keep : Number(values[each]),
      ]),
    ),
  )
  const { ownerId, entityId, classification } = values
  return {
    ...given({ ownerId, entityId, classification: classification === '' ? null : classification }),
    ...given({ personalData: flag(values.personalData), cardData: flag(values.cardData) }),
    ...(Object.keys(levels).length > 0 ? { value: levels } : {}),
  }
}

type ChangeFormProps = {
  rows: readonly AssetAnswer[]
  names: PlaceNames
  scale: ScaleWords
  onClose: () => void
  onDone: () => void
}

/** Changes the same fields of many assets; each that cannot be changed is named. */
export default function ChangeForm({ rows, names, scale, onClose, onDone }: ChangeFormProps) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const [refused, setRefused] = useState<readonly Row[]>([])
  const form = useForm<Values, Answer>({
    initial,
    save: (values, idempotencyKey) =>
      call('POST', '/api/assets/changes', {
        body: {
          items: rows.map(({ id, version }) => ({ id, version })),
          change: changeOf(values),
          reason: values.reason || null,
        },
        idempotencyKey,
      }),
    onSaved: ({ counts, rows: results }) => {
      const [changed, unchanged, not] = [counts.changed, counts.unchanged, counts.refused].map(format.number)
      notifications.show({ message: t.bulk.done(changed ?? '0', unchanged ?? '0', not ?? '0') })
      const left = results.filter((row) => row.fate === 'refused')
      if (left.length === 0) onDone()
      else setRefused(left)
    },
  })
  const { values, set, error } = form
  const kept = { value: keep, label: t.bulk.keep }
  const flags = [kept, { value: 'yes', label: t.bulk.yes }, { value: 'no', label: t.bulk.no }]
  return (
    <FormDrawer title={t.bulk.title(format.number(rows.length))} form={form} onClose={onClose}>
      <p className="quiet">{t.bulk.hint}</p>
      {refused.length > 0 ? (
        <Notice tone="failing">
          {t.bulk.refusedTitle}
          <ul className={css.refused}>
            {refused.map((row) => (
              <li key={row.id}>
                <code>{row.key}</code>
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <PersonSelect
        label={t.owner}
        value={values.ownerId}
        nobody={t.nobody}
        others={[kept]}
        already={rows.map((row) => row.owner)}
        onChange={(ownerId) => set('ownerId', ownerId)}
        error={error('/change/ownerId')}
      />
      <ChoiceField
        label={t.classification}
        value={values.classification}
        options={[kept, { value: '', label: t.unclassified }, ...scale.classifications]}
        onChange={(value) => set('classification', value)}
        error={error('/change/classification')}
      />
      <ChoiceField
        label={t.entity}
        value={values.entityId}
        options={[kept, ...names.entities]}
        onChange={(value) => set('entityId', value)}
        error={error('/change/entityId')}
      />
      <fieldset className={css.group}>
        <legend>{t.values}</legend>
        <div className={css.triple}>
          {properties.map((property) => (
            <ChoiceField
              key={property}
              label={t.properties[property]}
              value={values[property]}
              options={[kept, { value: '', label: t.notSaid }, ...scale.levels]}
              onChange={(value) => set(property, value)}
              error={error(`/change/value/${property}`)}
            />
          ))}
        </div>
      </fieldset>
      <ChoiceField
        label={t.personalData}
        value={values.personalData}
        options={flags}
        onChange={(value) => set('personalData', value)}
      />
      <ChoiceField
        label={t.cardData}
        value={values.cardData}
        options={flags}
        onChange={(value) => set('cardData', value)}
      />
      <TextField
        label={t.reason}
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}
