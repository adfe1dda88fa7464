import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Tone } from '../method.ts'
import { tones } from '../method.ts'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { Rating } from './shapes.ts'

/** How high a tone is, as bars that rise: told apart without colour. */
function Bars({ tone }: { tone: Tone }) {
  const height = tones.indexOf(tone)
  return (
    <svg width={13} height={10} viewBox="0 0 13 10" aria-hidden="true" focusable="false">
      {tones.map((each, at) => (
        <rect
          key={each}
          x={at * 3.4}
          y={7.5 - at * 2.5}
          width={2.4}
          height={2.5 + at * 2.5}
          rx={0.6}
          fill="currentColor"
          opacity={at <= height ? 1 : 0.25}
        />
      ))}
    </svg>
  )
}

type Shown = Pick<Rating, 'name' | 'tone'>

/** The band of a value as a word with its tone. */
export function Band({ rating }: { rating: Shown | null }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  if (rating === null) return <span className="quiet">{t.notAssessed}</span>
  return (
    <span className={css.band} data-tone={rating.tone}>
      <Bars tone={rating.tone} />
      {format.text(rating.name)}
    </span>
  )
}
