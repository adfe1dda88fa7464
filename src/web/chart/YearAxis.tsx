import { useElementSize } from '@mantine/hooks'
import type { Day } from '../../kernel/day.ts'
import css from './chart.module.css'
import { dayScale } from './cycle-scale.ts'

/** The years above lines that share one scale of time. Each line says its days itself, so this is for the eye only. */
export function YearAxis({ from, to }: { from: Day; to: Day }) {
  const { ref, width } = useElementSize()
  const { years } = dayScale(from, to, 10, Math.max(width - 10, 20))
  return (
    <div ref={ref} className={css.cycle}>
      <svg width={width} height={16} aria-hidden="true">
        {years.map(({ year, x }) => (
          <text key={year} className={css.label} x={x} y={12} textAnchor="middle">
            {year}
          </text>
        ))}
      </svg>
    </div>
  )
}
