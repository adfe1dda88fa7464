import { ActionIcon, Button, NumberInput } from '@mantine/core'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { properties } from '../property.ts'
import type { AssetLevel, Classification } from '../scale.ts'
import css from './assets.module.css'
import { assetMessages } from './messages.ts'
import type { ScaleAnswer } from './shapes.ts'

type Draft = { levels: AssetLevel[]; classifications: Classification[]; version: number }

const draftOf = ({ levels, classifications, version }: ScaleAnswer): Draft => ({
  ...{ levels, classifications, version },
})

const most = { levels: 7, classifications: 12 } as const

/** The scale as a whole: what assets have of it cannot be taken away. */
export default function ScaleForm({ scale, onClose }: { scale: ScaleAnswer; onClose: () => void }) {
  const t = useWords(assetMessages)
  const form = useForm<Draft, unknown>({
    initial: draftOf(scale),
    save: ({ version, ...body }) => call('PUT', '/api/asset-scale', { body, version }),
    latest: async () => draftOf(await call<ScaleAnswer>('GET', '/api/asset-scale')),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const { levels, classifications } = values
  const level = (index: number, part: Partial<AssetLevel>) =>
    set(
      'levels',
      levels.map((one, at) => (at === index ? { ...one, ...part } : one)),
    )
  const addLevel = () => {
    const last = levels.at(-1)
    const anchors = { confidentiality: {}, integrity: {}, availability: {} }
    const number = Math.min(7, (last?.number ?? 0) + 1)
    set('levels', [...levels, { number, name: {}, anchors, needs: last?.needs ?? 0 }])
  }
  const classification = (index: number, part: Partial<Classification>) =>
    set(
      'classifications',
      classifications.map((one, at) => (at === index ? { ...one, ...part } : one)),
    )
  return (
    <FormDrawer
      title={t.scale.edit}
      form={form}
      onClose={onClose}
      labels={{ levels: t.scale.levels, classifications: t.scale.classifications }}
    >
      <fieldset className={css.group}>
        <legend>{t.scale.levels}</legend>
        {error('/levels') && !error('/levels/0') ? <p className="quiet">{error('/levels')}</p> : null}
        {levels.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level has no name of its own until it is given one
          <div key={index} className={css.item}>
            <Remove
              name={`${t.scale.level} ${one.number}`}
              hidden={levels.length <= 2}
              onClick={() =>
                set(
                  'levels',
                  levels.filter((_, at) => at !== index),
                )
              }
            />
            <NumberInput
              label={t.scale.number}
              min={1}
              max={7}
              value={one.number}
              onChange={(value) => level(index, { number: Number(value) })}
              error={error(`/levels/${index}/number`)}
            />
            <LocalTextField
              label={t.name}
              value={one.name}
              onChange={(name) => level(index, { name })}
              error={error(`/levels/${index}/name`)}
            />
            {properties.map((property) => (
              <LocalTextField
                key={property}
                label={t.scale.anchor(t.properties[property])}
                lines
                value={one.anchors[property]}
                onChange={(text) => level(index, { anchors: { ...one.anchors, [property]: text } })}
                error={error(`/levels/${index}/anchors/${property}`)}
              />
            ))}
            <NumberInput
              label={t.scale.needs}
              description={t.scale.needsHint}
              min={0}
              max={500}
              value={one.needs}
              onChange={(value) => level(index, { needs: Number(value) })}
              error={error(`/levels/${index}/needs`)}
            />
          </div>
        ))}
        {levels.length < most.levels ? (
          <Button variant="default" onClick={addLevel}>
            {t.scale.addLevel}
          </Button>
        ) : null}
      </fieldset>
      <fieldset className={css.group}>
        <legend>{t.scale.classifications}</legend>
        {classifications.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a classification has no key of its own until it is given one
          <div key={index} className={css.item}>
            <Remove
              name={one.key}
              onClick={() =>
                set(
                  'classifications',
                  classifications.filter((_, at) => at !== index),
                )
              }
            />
            <TextField
              label={t.key}
              mono
              value={one.key}
              onChange={(key) => classification(index, { key })}
              error={error(`/classifications/${index}/key`)}
            />
            <LocalTextField
              label={t.name}
              value={one.name}
              onChange={(name) => classification(index, { name })}
              error={error(`/classifications/${index}/name`)}
            />
            <LocalTextField
              label={t.scale.handling}
              lines
              value={one.handling}
              onChange={(handling) => classification(index, { handling })}
              error={error(`/classifications/${index}/handling`)}
            />
          </div>
        ))}
        {classifications.length < most.classifications ? (
          <Button
            variant="default"
            onClick={() => set('classifications', [...classifications, { key: '', name: {}, handling: {} }])}
          >
            {t.scale.addClassification}
          </Button>
        ) : null}
      </fieldset>
    </FormDrawer>
  )
}

function Remove({ name, hidden, onClick }: { name: string; hidden?: boolean; onClick: () => void }) {
  const t = useWords(assetMessages)
  if (hidden) return null
  return (
    <ActionIcon
      className={css.remove ?? ''}
      variant="subtle"
      aria-label={t.scale.remove(name)}
      onClick={onClick}
    >
      <Icon name="close" />
    </ActionIcon>
  )
}
