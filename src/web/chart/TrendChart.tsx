import { useElementSize } from '@mantine/hooks'
import { scaleBand, scaleLinear } from 'd3-scale'
import { useId } from 'react'
import css from './stand.module.css'

export type TrendColumn = { key: string; label: string; shares: readonly { key: string; count: number }[] }

type TrendChartProps = {
  columns: readonly TrendColumn[]
  /** Says the same in words. */
  alternative: string
  height?: number
}

const [left, bottom, top] = [30, 18, 6]

/** Counts of states over time, one stacked column for each day looked at; the worst stands on the base line. */
export function TrendChart({ columns, alternative, height = 132 }: TrendChartProps) {
  const { ref, width } = useElementSize()
  const title = useId()
  const most = Math.max(1, ...columns.map((one) => one.shares.reduce((sum, { count }) => sum + count, 0)))
  const y = scaleLinear()
    .domain([0, most])
    .nice(3)
    .range([height - bottom, top])
  const x = scaleBand(
    columns.map((one) => one.key),
    [left, Math.max(width, left + 40)],
  ).padding(0.28)
  // As many names of columns as fit beside each other.
  const every = Math.max(1, Math.ceil((columns.length * 52) / Math.max(width - left, 1)))
  return (
    <div ref={ref} className={css.trend}>
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-labelledby={title}>
          <title id={title}>{alternative}</title>
          {y
            .ticks(3)
            .filter(Number.isInteger)
            .map((tick) => (
              <g key={tick}>
                <line className={css.grid} x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
                <text className={css.label} x={left - 6} y={y(tick) + 4} textAnchor="end">
                  {tick}
                </text>
              </g>
            ))}
          {columns.map((column, index) => (
            <g key={column.key}>
              <Stack shares={column.shares} x={x(column.key) ?? 0} width={x.bandwidth()} y={y} />
              {(columns.length - 1 - index) % every === 0 ? (
                <text
                  className={css.label}
                  x={(x(column.key) ?? 0) + x.bandwidth() / 2}
                  y={height - 4}
                  textAnchor="middle"
                >
                  {column.label}
                </text>
              ) : null}
            </g>
          ))}
        </svg>
      ) : null}
    </div>
  )
}

type StackProps = { shares: TrendColumn['shares']; x: number; width: number; y: (count: number) => number }

function Stack({ shares, x, width, y }: StackProps) {
  let below = 0
  return shares.map(({ key, count }) => {
    if (count === 0) return null
    const from = y(below)
    below += count
    const until = y(below)
    return (
      <rect key={key} data-state={key} x={x} width={width} y={until} height={Math.max(from - until - 1, 1)} />
    )
  })
}
