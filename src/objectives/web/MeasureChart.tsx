import { useElementSize } from '@mantine/hooks'
import { scaleLinear, scaleUtc } from 'd3-scale'
import { useId } from 'react'
import type { Day } from '../../kernel/day.ts'
import { useFormat } from '../../web/i18n/format.ts'
import css from './objectives.module.css'
import type { ObjectiveRecord } from './shapes.ts'
import { useValues } from './words.tsx'

type Point = readonly [number, number]

/** Straight lines from point to point. */
const pathThrough = (points: readonly Point[]) =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')

const at = (day: Day) => new Date(`${day}T00:00:00Z`)

const [left, right, top, bottom] = [52, 16, 18, 22]

type MeasureChartProps = {
  one: ObjectiveRecord
  day: Day
  /** Says the same in words. */
  alternative: string
  height?: number
}

/** Days and values that the drawing must hold: readings, targets and the day in view. */
function extent(one: ObjectiveRecord, day: Day) {
  const days = [
    ...one.readings.map((reading) => reading.on),
    ...one.targets.map((target) => target.by),
    ...(one.from ? [one.from] : []),
    day,
  ].toSorted()
  const [first, last] = [at(days[0] ?? day), at(days.at(-1) ?? day)]
  const values = [
    ...one.readings.map((reading) => reading.value),
    ...one.targets.flatMap((target) => [target.value, ...(target.upper === null ? [] : [target.upper])]),
  ]
  return {
    // Room behind the last target, which holds from its day on.
    days: [first, new Date(last.getTime() + (last.getTime() - first.getTime()) * 0.1)],
    values: [Math.min(...values), Math.max(...values)],
  }
}

/** Readings as points on a line, targets as steps: each holds from its day until the next. */
export function MeasureChart({ one, day, alternative, height = 260 }: MeasureChartProps) {
  const { ref, width } = useElementSize()
  const title = useId()
  const format = useFormat()
  const { days, values } = extent(one, day)
  const x = scaleUtc(days, [left, Math.max(width - right, left + 40)])
  const y = scaleLinear(values, [height - bottom, top]).nice(4)
  const ticks = x.ticks(Math.max(2, Math.floor(width / 120)))
  // As many names of months as fit beside each other.
  const every = Math.ceil((ticks.length * 104) / Math.max(width - left - right, 1))
  const months = ticks.filter((_, index) => index % every === 0)
  const counting = one.readings.filter((reading) => reading.replacedBy === null)
  const path = pathThrough(counting.map((reading) => [x(at(reading.on)), y(reading.value)]))
  return (
    <div ref={ref} className={css.chart}>
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-labelledby={title}>
          <title id={title}>{alternative}</title>
          {y.ticks(4).map((tick) => (
            <g key={tick}>
              <line className={css.grid} x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
              <text className={css.label} x={left - 8} y={y(tick) + 4} textAnchor="end">
                {format.number(tick)}
              </text>
            </g>
          ))}
          {months.map((tick) => (
            <text
              key={tick.toISOString()}
              className={css.label}
              x={x(tick)}
              y={height - 4}
              textAnchor="middle"
            >
              {format.month(tick.toISOString().slice(0, 10))}
            </text>
          ))}
          <line className={css.today} x1={x(at(day))} x2={x(at(day))} y1={top} y2={height - bottom} />
          <Targets one={one} end={width - right} x={(on) => x(at(on))} y={y} />
          <path className={css.line} d={path} />
          {one.readings.map((reading) => (
            <circle
              key={reading.id}
              className={reading.replacedBy === null ? css.point : css.wrongPoint}
              cx={x(at(reading.on))}
              cy={y(reading.value)}
              r={reading.replacedBy === null ? 5 : 4}
            />
          ))}
        </svg>
      ) : null}
    </div>
  )
}

type TargetsProps = {
  one: ObjectiveRecord
  end: number
  x: (day: Day) => number
  y: (value: number) => number
}

function Targets({ one, end, x, y }: TargetsProps) {
  const values = useValues(one)
  const steps = one.targets.map((target, index) => {
    const next = one.targets[index + 1]
    const [from, until] = [x(target.by), next ? x(next.by) : end]
    return { target, from, until }
  })
  // A step runs level from its day to the next one's, and then up or down to it.
  const path = pathThrough(
    steps.flatMap(({ target, from, until }): Point[] => [
      [from, y(target.value)],
      [until, y(target.value)],
    ]),
  )
  return (
    <>
      {steps.map(({ target, from, until }) =>
        target.upper === null ? null : (
          <rect
            key={target.by}
            className={css.band}
            x={from}
            width={Math.max(0, until - from)}
            y={y(target.upper)}
            height={Math.max(1, y(target.value) - y(target.upper))}
          />
        ),
      )}
      <path className={css.step} d={path} />
      {steps.map(({ target, from, until }) => (
        <text
          key={target.by}
          className={css.targetName}
          x={until - from < 60 ? end : from + 4}
          y={y(target.upper ?? target.value) - 6}
          textAnchor={until - from < 60 ? 'end' : 'start'}
        >
          {values.target(target)}
        </text>
      ))}
    </>
  )
}
