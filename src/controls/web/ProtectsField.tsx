import { Checkbox } from '@mantine/core'
import { assetKinds } from '../../assets/asset.ts'
import { properties } from '../../assets/property.ts'
import type { Protects } from '../../assets/protects.ts'
import { assetMessages } from '../../assets/web/messages.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import css from './controls.module.css'
import { protectsMessages } from './protects-messages.ts'

type ProtectsFieldProps = {
  value: Protects
  onChange: (value: Protects) => void
  /** What is wrong at a place within it. */
  error: (at: string) => string | null
}

/** Which properties of which kinds of assets a control protects; one without the other protects nothing. */
export function ProtectsField({ value, onChange, error }: ProtectsFieldProps) {
  const t = useWords(protectsMessages)
  const words = useWords(assetMessages)
  const isHalf = (value.properties.length === 0) !== (value.kinds.length === 0)
  return (
    <fieldset className={css.list}>
      <legend>{t.title}</legend>
      <p className="quiet">{t.hint}</p>
      <Checkbox.Group
        label={t.properties}
        value={value.properties}
        onChange={(chosen) =>
          onChange({ ...value, properties: properties.filter((one) => chosen.includes(one)) })
        }
        error={error('/properties')}
      >
        <div className={css.choices}>
          {properties.map((one) => (
            <Checkbox key={one} value={one} label={words.properties[one]} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group
        label={t.kinds}
        value={value.kinds}
        onChange={(chosen) => onChange({ ...value, kinds: assetKinds.filter((one) => chosen.includes(one)) })}
        error={error('/kinds')}
      >
        <div className={css.choices}>
          {assetKinds.map((one) => (
            <Checkbox key={one} value={one} label={words.kinds[one]} />
          ))}
        </div>
      </Checkbox.Group>
      {isHalf ? <p role="status">{t.half}</p> : null}
    </fieldset>
  )
}

/** What a control protects, in words. */
export function ProtectsText({ value }: { value: Protects }) {
  const t = useWords(protectsMessages)
  const words = useWords(assetMessages)
  const format = useFormat()
  if (value.properties.length === 0 || value.kinds.length === 0) return t.nothing
  return t.of(
    format.list(value.properties.map((one) => words.properties[one])),
    format.list(value.kinds.map((one) => words.kinds[one])),
  )
}
