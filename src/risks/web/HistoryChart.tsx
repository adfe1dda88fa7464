import { useElementSize } from '@mantine/hooks'
import { scaleLinear, scaleUtc } from 'd3-scale'
import { useId } from 'react'
import { addDays } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { tones } from '../method.ts'
import { type ValueKind, valueKinds } from '../rating.ts'
import { useDay } from './columns.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { PastAssessment } from './shapes.ts'

const [left, right, top, bottom] = [8, 8, 6, 20]
const step = 26
// As wide as a month and its year are written.
const monthWidth = 78

const heightOf = (one: PastAssessment, kind: ValueKind): number | null => {
  const rating = one.ratings[kind]
  return rating === null ? null : tones.indexOf(rating.tone)
}

/**
 * The tone of each value over time, as steps that hold until the next assessment. Tones and not bands: a band of one
 * version of the method is not a band of another.
 */
export function HistoryChart({ history }: { history: readonly PastAssessment[] }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const { ref, width } = useElementSize()
  const title = useId()
  const day = useDay()
  const inOrder = history.toReversed()
  const first = inOrder[0]
  if (first === undefined || inOrder.length < 2) return null
  const height = top + tones.length * step + bottom
  const last = day > (inOrder.at(-1)?.on ?? day) ? day : addDays(inOrder.at(-1)?.on ?? day, 30)
  const at = (one: string) => new Date(`${one}T00:00:00Z`)
  const x = scaleUtc([at(first.on), at(last)], [left, Math.max(width - right, left + 60)])
  const y = scaleLinear([0, tones.length - 1], [top + (tones.length - 0.5) * step, top + step / 2])
  const line = (kind: ValueKind) => {
    // Lines at the same height lie beside each other.
    const shift = (valueKinds.indexOf(kind) - 1) * 3
    const points = inOrder.flatMap((one, index) => {
      const level = heightOf(one, kind)
      const until = inOrder[index + 1]?.on ?? last
      return level === null
        ? []
        : [`${x(at(one.on))},${y(level) + shift}`, `${x(at(until))},${y(level) + shift}`]
    })
    return points.join(' ')
  }
  const atEnd = (one: string) => x(at(one)) > width - 90
  // A month that would lie on the one before it is left out: the table below names every day.
  let taken = 0
  const labelled = inOrder.filter((one) => {
    const start = x(at(one.on)) - (atEnd(one.on) ? monthWidth : 0)
    if (start < taken) return false
    taken = start + monthWidth
    return true
  })
  const words = inOrder.map(
    (one) =>
      `${format.shortDay(one.on)} ${valueKinds
        .map((kind) => `${t.levelOf[kind]} ${format.text(one.ratings[kind]?.name)}`)
        .join(', ')}`,
  )
  return (
    <div ref={ref} className={css.chart}>
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-labelledby={title}>
          <title id={title}>{t.values.chartText(words.join('; '))}</title>
          {tones.map((tone, index) => (
            <rect
              key={tone}
              data-tone={tone}
              x={left}
              width={Math.max(width - left - right, 0)}
              y={y(index) - step / 2 + 1}
              height={step - 2}
              rx={3}
            />
          ))}
          {labelled.map((one) => (
            <text
              key={one.on}
              className={css.axis}
              x={x(at(one.on))}
              y={height - 5}
              textAnchor={atEnd(one.on) ? 'end' : 'start'}
            >
              {format.month(one.on)}
            </text>
          ))}
          {valueKinds.map((kind) => (
            <polyline key={kind} className={css.series} data-kind={kind} points={line(kind)} />
          ))}
        </svg>
      ) : null}
    </div>
  )
}
