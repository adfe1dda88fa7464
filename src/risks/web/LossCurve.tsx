import { useElementSize } from '@mantine/hooks'
import { scaleLinear, scaleLog } from 'd3-scale'
import { useId } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Simulation } from '../simulation.ts'
import { riskMessages } from './messages.ts'
import { shortMoney } from './money.ts'
import css from './risks.module.css'

const [left, right, top, bottom, height, tickWidth] = [44, 16, 10, 38, 280, 56]

/** The powers of ten between two sums, with their doubles and halves where those alone would be few. */
function ticksOf(low: number, high: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const steps = to - from > 4 ? [1] : [1, 2, 5]
  return Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at))
    .flatMap((power) => steps.map((step) => step * power))
    .filter((tick) => tick >= low && tick <= high)
}

type Point = Simulation['curve'][number]

type LossCurveProps = { curve: readonly Point[]; currency: string; expected: number }

/** How likely a year costs more than a sum: losses by their logarithm, since they spread over powers of ten. */
export function LossCurve({ curve, currency, expected }: LossCurveProps) {
  const t = useWords(riskMessages)
  const { language } = useFormat()
  const { ref, width } = useElementSize()
  const title = useId()
  // A year without loss lies infinitely far to the left on a logarithmic scale.
  const points = curve.filter((point) => point.loss > 0)
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return null
  const most = Math.max(...points.map((point) => point.probability))
  const x = scaleLog(
    [first.loss, Math.max(last.loss, first.loss * 10)],
    [left, Math.max(width - right, left + 80)],
  )
  const y = scaleLinear([0, most], [height - bottom, top]).nice(4)
  const places = points.map((point) => `${x(point.loss)},${y(point.probability)}`)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const words = points
    .filter((_, index) => index % 6 === 0)
    .map((point) =>
      t.money.more(shortMoney(point.loss, currency, language), percent.format(point.probability)),
    )
  // A label that would touch the one before it is left out.
  let taken = 0
  const ticks = ticksOf(first.loss, last.loss).filter((tick) => {
    if (x(tick) < taken) return false
    taken = x(tick) + tickWidth
    return true
  })
  return (
    <div ref={ref} className={css.chart}>
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-labelledby={title}>
          <title id={title}>{t.money.curveText(words.join('; '))}</title>
          {y.ticks(4).map((tick) => (
            <g key={tick}>
              <line className={css.rule} x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
              <text className={css.axis} x={left - 6} y={y(tick) + 4} textAnchor="end">
                {percent.format(tick)}
              </text>
            </g>
          ))}
          {ticks.map((tick) => (
            <text key={tick} className={css.axis} x={x(tick)} y={height - bottom + 16} textAnchor="middle">
              {shortMoney(tick, currency, language)}
            </text>
          ))}
          <polygon
            className={css.area}
            points={[`${x(first.loss)},${y(0)}`, ...places, `${x(last.loss)},${y(0)}`].join(' ')}
          />
          <polyline className={css.curve} points={places.join(' ')} />
          {expected > first.loss && expected < last.loss ? (
            <g>
              <line className={css.guide} x1={x(expected)} x2={x(expected)} y1={top} y2={height - bottom} />
              <text className={css.axis} x={x(expected) + 5} y={top + 10}>
                {t.money.expected}
              </text>
            </g>
          ) : null}
          <text className={css.axis} x={width - right} y={height - 5} textAnchor="end">
            {t.money.axisLoss}
          </text>
        </svg>
      ) : null}
    </div>
  )
}
