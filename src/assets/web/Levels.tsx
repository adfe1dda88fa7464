import { useWords } from '../../web/i18n/catalogue.ts'
import { type PerProperty, properties } from '../property.ts'
import css from './assets.module.css'
import { assetMessages } from './messages.ts'

type LevelsProps = {
  effective: PerProperty<number | null>
  /** What it has by itself, so that what is inherited shows. */
  own?: PerProperty<number | null>
}

/** The three values of an asset in a line: letter and level each; an arrow marks what it inherits. */
export function Levels({ effective, own }: LevelsProps) {
  const t = useWords(assetMessages)
  return (
    <span className={css.levels}>
      {properties.map((property) => {
        const level = effective[property]
        const inherited = own !== undefined && level !== null && level !== own[property]
        return (
          <span key={property} data-level={level ?? 'none'} title={t.properties[property]}>
            <abbr>{t.letters[property]}</abbr>
            <span className="unseen">{t.properties[property]} </span>
            {level ?? '–'}
            {inherited ? <i aria-hidden="true">↓</i> : null}
          </span>
        )
      })}
    </span>
  )
}
