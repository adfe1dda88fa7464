import { ChoiceField, TextField } from '../../web/form/fields.tsx'
import type { FormPart } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import type { Asset } from '../asset.ts'
import { properties } from '../property.ts'
import css from './assets.module.css'
import { assetMessages } from './messages.ts'
import type { ScaleWords } from './scale.ts'

type ValueFieldsProps = { form: FormPart<Pick<Asset, 'value' | 'override'>>; scale: ScaleWords }

const numberOf = (text: string) => (text === '' ? null : Number(text))

/** What an asset is worth by itself, and what stands instead of all that it would inherit. */
export function ValueFields({ form: { values, patch, error }, scale }: ValueFieldsProps) {
  const t = useWords(assetMessages)
  const { value, override } = values
  return (
    <>
      <fieldset className={css.group}>
        <legend>{t.values}</legend>
        <p className={css.hint}>{t.valuesHint}</p>
        <div className={css.triple}>
          {properties.map((property) => (
            <ChoiceField
              key={property}
              label={t.properties[property]}
              value={String(value[property] ?? '')}
              options={[{ value: '', label: t.notSaid }, ...scale.levels]}
              onChange={(level) => patch({ value: { ...value, [property]: numberOf(level) } })}
              error={error(`/value/${property}`)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className={css.group}>
        <legend>{t.override}</legend>
        <p className={css.hint}>{t.overrideHint}</p>
        <div className={css.triple}>
          {properties.map((property) => (
            <ChoiceField
              key={property}
              label={t.properties[property]}
              value={String(override[property]?.level ?? '')}
              options={[{ value: '', label: t.noOverride }, ...scale.levels]}
              onChange={(level) => {
                const number = numberOf(level)
                const reason = override[property]?.reason ?? ''
                patch({
                  override: { ...override, [property]: number === null ? null : { level: number, reason } },
                })
              }}
              error={error(`/override/${property}/level`)}
            />
          ))}
        </div>
        {properties.map((property) => {
          const over = override[property]
          return over ? (
            <TextField
              key={property}
              label={`${t.overrideReason} (${t.properties[property]})`}
              required
              value={over.reason}
              onChange={(reason) => patch({ override: { ...override, [property]: { ...over, reason } } })}
              error={error(`/override/${property}/reason`)}
            />
          ) : null
        })}
      </fieldset>
    </>
  )
}
