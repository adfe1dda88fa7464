import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import { addDays, type Day } from '../../kernel/day.ts'
import { dayScale } from './cycle-scale.ts'
import css from './stand.module.css'

type SpanLineProps = {
  spans: readonly { from: Day; to: Day; state: string }[]
  /** Days in which nothing good can be said; drawn under the line. */
  gaps: readonly { from: Day; to: Day }[]
  from: Day
  to: Day
  /** Says the same in words. */
  alternative: string
}

const heights: Readonly<Record<string, number>> = { effective: 8, failing: 12, 'not-assessed': 4, absent: 4 }

/** How something stood through a window of days. Heights differ, not colours alone. */
export function SpanLine({ spans, gaps, from, to, alternative }: SpanLineProps) {
  const { ref, width } = useElementSize()
  const title = useId()
  const scale = dayScale(from, to, 0, Math.max(width, 20))
  const end = (day: Day) => scale.at(addDays(day, 1))
  return (
    <div ref={ref} className={css.line}>
      {width > 0 ? (
        <svg width={width} height={20} role="img" aria-labelledby={title}>
          <title id={title}>{alternative}</title>
          {spans.map((span) => {
            const height = heights[span.state] ?? 4
            const x = scale.at(span.from)
            return (
              <rect
                key={span.from}
                data-state={span.state}
                x={x}
                width={Math.max(end(span.to) - x - 0.5, 1)}
                y={7 - height / 2}
                height={height}
                rx={1}
              />
            )
          })}
          {gaps.map((gap) => (
            <path
              key={gap.from}
              className={css.gap}
              d={`M${scale.at(gap.from)} 16v3h${Math.max(end(gap.to) - scale.at(gap.from), 2)}v-3`}
            />
          ))}
        </svg>
      ) : null}
    </div>
  )
}
