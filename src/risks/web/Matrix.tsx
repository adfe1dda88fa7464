import { useId } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { RiskMethod } from '../method.ts'
import { type ValueKind, valueKinds } from '../rating.ts'
import type { RiskValue } from '../risk.ts'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'

const size = 28
const [left, bottom] = [22, 20]

/** The sign of a value: an empty ring without controls, half now, full after. */
export function Mark({ kind, x, y, r = 5 }: { kind: ValueKind; x: number; y: number; r?: number }) {
  return (
    <>
      <circle className={css.mark} data-kind={kind} cx={x} cy={y} r={r} />
      {kind === 'current' ? (
        <path className={css.markHalf} d={`M${x} ${y - r}a${r} ${r} 0 0 1 0 ${r * 2}Z`} />
      ) : null}
    </>
  )
}

/** The sign beside a word. */
export const Sign = ({ kind }: { kind: ValueKind }) => (
  <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden="true" focusable="false">
    <Mark kind={kind} x={7} y={7} />
  </svg>
)

type MatrixProps = { method: RiskMethod; values: Record<ValueKind, RiskValue> }

/** Values that share a cell stand beside each other in it. */
function placesOf({ method, values }: MatrixProps) {
  const rows = method.likelihood.length
  const keyOf = ({ likelihood, consequence }: RiskValue) => `${likelihood} ${consequence}`
  return valueKinds.map((kind) => {
    const value = values[kind]
    const together = valueKinds.filter((other) => keyOf(values[other]) === keyOf(value))
    const shift = (together.indexOf(kind) - (together.length - 1) / 2) * 8
    return {
      kind,
      x: left + (value.consequence + 0.5) * size + shift,
      y: (rows - value.likelihood - 0.5) * size,
    }
  })
}

/** A matrix in small with the three values of one assessment and the way from one to the next. */
export function Matrix({ method, values }: MatrixProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const title = useId()
  const rows = method.likelihood.length
  const columns = method.consequence.length
  const places = placesOf({ method, values })
  const words = valueKinds.map(
    (kind) =>
      `${t.levelOf[kind]} ${t.valueText(
        format.text(method.likelihood[values[kind].likelihood]?.name),
        format.text(method.consequence[values[kind].consequence]?.name),
      )}`,
  )
  return (
    <svg
      className={css.matrix}
      width={left + columns * size}
      height={rows * size + bottom}
      role="img"
      aria-labelledby={title}
    >
      <title id={title}>{t.values.stripText(words.join('; '))}</title>
      {method.matrix.flatMap((row, likelihood) =>
        row.map((band, consequence) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={`${likelihood} ${consequence}`}
            data-tone={method.bands[band]?.tone}
            x={left + consequence * size + 1}
            y={(rows - 1 - likelihood) * size + 1}
            width={size - 2}
            height={size - 2}
            rx={3}
          />
        )),
      )}
      {method.likelihood.map((level, index) => (
        <text key={format.text(level.name)} x={left - 8} y={(rows - index - 0.5) * size + 4} textAnchor="end">
          {index + 1}
        </text>
      ))}
      {method.consequence.map((level, index) => (
        <text
          key={format.text(level.name)}
          x={left + (index + 0.5) * size}
          y={rows * size + 15}
          textAnchor="middle"
        >
          {index + 1}
        </text>
      ))}
      <polyline className={css.path} points={places.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {places.map(({ kind, x, y }) => (
        <Mark key={kind} kind={kind} x={x} y={y} />
      ))}
    </svg>
  )
}
