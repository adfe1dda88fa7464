import { type Property, properties } from '../../assets/property.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import css from './balance.module.css'
import { balanceMessages } from './balance-messages.ts'
import type { Ranks } from './balance-shapes.ts'

const size = 200
const middle = { x: size / 2, y: 112 }
const reach = 76

/** Confidentiality upwards, integrity to the right below, availability to the left below. */
const angles: Readonly<Record<Property, number>> = {
  confidentiality: -Math.PI / 2,
  integrity: Math.PI / 6,
  availability: (5 * Math.PI) / 6,
}

const at = (property: Property, share: number) => ({
  x: middle.x + Math.cos(angles[property]) * reach * share,
  y: middle.y + Math.sin(angles[property]) * reach * share,
})

const outline = (share: (property: Property) => number): string =>
  properties
    .map((property) => {
      const { x, y } = at(property, share(property))
      return `${x.toFixed(1)},${y.toFixed(1)}`
    })
    .join(' ')

type BalanceFigureProps = {
  ranks: Ranks
  /** How many levels the scale has: the length of each axis. */
  levels: number
}

/**
 * Value against protection on three axes: a line for what the asset is worth, a surface for what protects it, and a thick
 * stroke on each axis for what is missing. A table with the same figures stands beside it.
 */
export function BalanceFigure({ ranks, levels }: BalanceFigureProps) {
  const t = useWords(balanceMessages)
  const share = (rank: number) => (levels === 0 ? 0 : Math.min(1, rank / levels))
  const parts = properties.map((property) => {
    const { value, protection } = ranks[property]
    return t.cell(t.properties[property], String(value), String(protection))
  })
  return (
    <figure className={css.figure}>
      <svg viewBox={`0 0 ${size} ${size - 16}`} role="img" aria-label={t.figure(parts.join('. '))}>
        {Array.from({ length: levels }, (_, ring) => (
          <polygon
            key={parts[0] + String(ring)}
            className={css.ring}
            points={outline(() => (ring + 1) / levels)}
          />
        ))}
        {properties.map((property) => {
          const end = at(property, 1)
          return (
            <line key={property} className={css.axis} x1={middle.x} y1={middle.y} x2={end.x} y2={end.y} />
          )
        })}
        <polygon className={css.protection} points={outline((each) => share(ranks[each].protection))} />
        <polygon className={css.value} points={outline((each) => share(ranks[each].value))} />
        {properties.map((property) => {
          const { value, protection } = ranks[property]
          if (value <= protection) return null
          const [from, to] = [at(property, share(protection)), at(property, share(value))]
          return <line key={property} className={css.missing} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        })}
        {properties.map((property) => {
          const { x, y } = at(property, 1.16)
          return (
            <text key={property} className={css.axisName} x={x} y={y + 4} textAnchor="middle">
              {t.letters[property]}
            </text>
          )
        })}
      </svg>
      <figcaption>
        <span data-is="value">{t.legendValue}</span>
        <span data-is="protection">{t.legendProtection}</span>
        <span data-is="missing">{t.legendGap}</span>
      </figcaption>
    </figure>
  )
}
