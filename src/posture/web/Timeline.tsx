import { addMonths, type Day } from '../../kernel/day.ts'
import { SpanLine } from '../../web/chart/SpanLine.tsx'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import { postureMessages } from './messages.ts'
import css from './requirement.module.css'
import type { EffectivenessAnswer, UnitName } from './shapes.ts'

type TimelineProps = { controlId: string; name: string; unit: UnitName; day: Day }

/** How a control stood at a unit over the last twelve months: its spans, and the gaps in which nothing showed that it worked. */
export function Timeline({ controlId, name, unit, day }: TimelineProps) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const from = addMonths(day, -12)
  const { data } = useRead<EffectivenessAnswer>(`/api/posture/controls/${controlId}/effectiveness`, {
    ...{ entity: unit.entityId, service: unit.serviceId ?? undefined, from, to: day },
  })
  if (data === undefined) return <div className={css.timeline} />
  const spans = data.spans.map((span) =>
    t.timeline.span(t.controlStates[span.state], format.shortDay(span.from), format.shortDay(span.to)),
  )
  const gaps = data.gaps.map((gap) =>
    t.timeline.gap(format.shortDay(gap.from), format.shortDay(gap.to), format.number(gap.days)),
  )
  return (
    <div className={css.timeline}>
      <div className={css.edges}>
        <time dateTime={from}>{format.shortDay(from)}</time>
        <span>{t.timeline.title}</span>
        <time dateTime={day}>{format.shortDay(day)}</time>
      </div>
      <SpanLine
        spans={data.spans}
        gaps={data.gaps}
        from={from}
        to={day}
        alternative={t.timeline.says(name, spans.join(', '))}
      />
      <details className={css.gaps}>
        <summary>
          {gaps.length === 0
            ? t.timeline.noGaps
            : `${t.timeline.gaps}: ${gaps.join(format.language === 'ja' ? '、' : '; ')}`}
        </summary>
        <Plain caption={t.timeline.title} head={[t.timeline.state, t.timeline.from, t.timeline.to]}>
          {data.spans.map((span) => (
            <tr key={span.from}>
              <td>{t.controlStates[span.state]}</td>
              <td className="tabular">{format.shortDay(span.from)}</td>
              <td className="tabular">{format.shortDay(span.to)}</td>
            </tr>
          ))}
        </Plain>
      </details>
    </div>
  )
}
