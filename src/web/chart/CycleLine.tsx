import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import type { Day } from '../../kernel/day.ts'
import css from './chart.module.css'
import { type DayScale, dayScale } from './cycle-scale.ts'

/** One point of a cycle: its start, a duty with its window, an event, its end. */
export type CyclePoint = {
  key: string
  kind: 'start' | 'step' | 'event' | 'expiry'
  from: Day
  to: Day | null
  doneOn: Day | null
}

type CycleLineProps = {
  points: readonly CyclePoint[]
  today: Day
  from: Day
  to: Day
  /** Says the same in words. */
  alternative: string
  nameOf: (point: CyclePoint) => string
  todayLabel: string
  /** Without names: for many lines under each other. */
  compact?: boolean
}

// Four digits at 11 px, so that the last year is never cut.
const yearWidth = 28

type Mark = 'done' | 'open' | 'late' | 'end'

const markOf = (point: CyclePoint, today: Day): Mark => {
  if (point.kind === 'expiry') return 'end'
  if (point.doneOn) return 'done'
  return (point.to ?? point.from) < today ? 'late' : 'open'
}

/** A certificate's cycle as a line: issue, surveillance, expiry, today. Shapes differ, not colours alone. */
export function CycleLine(props: CycleLineProps) {
  const { points, today, from, to, alternative, nameOf, todayLabel, compact } = props
  const { ref, width } = useElementSize()
  const title = useId()
  const height = compact ? 28 : 108
  const line = compact ? 14 : 58
  const scale = dayScale(from, to, 10, Math.max(width - 10, 20))
  const start = points.find((point) => point.kind === 'start')?.from ?? from
  const end = points.find((point) => point.kind === 'expiry')?.from ?? to
  return (
    <div ref={ref} className={css.cycle}>
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-labelledby={title}>
          <title id={title}>{alternative}</title>
          {scale.years.map(({ year, x }) => (
            <g key={year}>
              <line className={css.year} x1={x} x2={x} y1={compact ? 0 : 26} y2={compact ? height : 84} />
              {compact ? null : (
                <text className={css.label} x={Math.min(x + 3, width - yearWidth)} y={82}>
                  {year}
                </text>
              )}
            </g>
          ))}
          <line className={css.base} x1={scale.at(start)} x2={scale.at(end)} y1={line} y2={line} />
          {start < today ? (
            <line
              className={css.gone}
              x1={scale.at(start)}
              x2={Math.min(scale.at(today), scale.at(end))}
              y1={line}
              y2={line}
            />
          ) : null}
          {points.map((point) => (
            <Window key={`${point.key} ${point.from}`} point={point} scale={scale} y={line} />
          ))}
          {scale.inside(today) ? (
            <Today x={scale.at(today)} height={height} label={compact ? null : todayLabel} />
          ) : null}
          {points.map((point) => (
            <Point key={`${point.key} ${point.from}`} point={point} today={today} scale={scale} y={line} />
          ))}
          {compact ? null : <Names points={points} scale={scale} nameOf={nameOf} width={width} />}
        </svg>
      ) : null}
    </div>
  )
}

/** The days in which a duty may be done. */
function Window({ point, scale, y }: { point: CyclePoint; scale: DayScale; y: number }) {
  if (point.kind !== 'step' || point.to === null || point.doneOn || point.to <= point.from) return null
  const left = scale.at(point.from)
  return (
    <rect
      className={css.window}
      x={left}
      y={y - 6}
      width={Math.max(scale.at(point.to) - left, 2)}
      height={12}
      rx={3}
    />
  )
}

function Today({ x, height, label }: { x: number; height: number; label: string | null }) {
  return (
    <g>
      <line className={css.today} x1={x} x2={x} y1={0} y2={label ? height - 12 : height} />
      {label ? (
        <text className={css.todayLabel} x={x} y={height - 2} textAnchor="middle">
          {label}
        </text>
      ) : null}
    </g>
  )
}

type PointProps = { point: CyclePoint; today: Day; scale: DayScale; y: number }

function Point({ point, today, scale, y }: PointProps) {
  const day = point.doneOn ?? point.from
  if (!scale.inside(day)) return null
  const x = scale.at(day)
  const mark = markOf(point, today)
  if (mark === 'end') return <line className={css.end} x1={x} x2={x} y1={y - 8} y2={y + 8} />
  if (mark === 'late') {
    return <path className={css.late} d={`M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`} />
  }
  return (
    <circle
      className={mark === 'done' ? css.done : css.open}
      cx={x}
      cy={y}
      r={point.kind === 'event' ? 3.5 : 5}
    />
  )
}

type NamesProps = {
  points: readonly CyclePoint[]
  scale: DayScale
  nameOf: (point: CyclePoint) => string
  width: number
}

// Wide enough for either script at 11 px; a name that would touch its neighbour goes one line up.
const letter = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 11.5 : 6.2), 0)

function Names({ points, scale, nameOf, width }: NamesProps) {
  const ends = [-Infinity, -Infinity, -Infinity]
  const placed = points
    .filter((point) => point.kind !== 'event')
    .toSorted((a, b) => ((a.doneOn ?? a.from) < (b.doneOn ?? b.from) ? -1 : 1))
    .flatMap((point) => {
      const text = nameOf(point)
      const half = letter(text) / 2
      const x = Math.min(Math.max(scale.at(point.doneOn ?? point.from), half + 2), width - half - 2)
      const row = ends.findIndex((end) => x - half > end + 10)
      if (row === -1) return []
      ends[row] = x + half
      return [{ key: `${point.key} ${point.from}`, text, x, y: 42 - row * 15 }]
    })
  return placed.map(({ key, text, x, y }) => (
    <text key={key} className={css.name} x={x} y={y} textAnchor="middle">
      {text}
    </text>
  ))
}
