import { TrendChart } from '../../web/chart/TrendChart.tsx'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { postureMessages } from './messages.ts'
import css from './programme.module.css'
import type { TrendPoint } from './shapes.ts'
import { sharesOf, shownStates, useCounts } from './words.ts'

/** How a programme stood month by month: drawn, as a table, and in words for those who see neither. */
export function Trend({ programmeId }: { programmeId: string }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const counts = useCounts()
  const read = useRead<{ points: TrendPoint[] }>(`/api/posture/programmes/${programmeId}/trend`, {
    months: 12,
  })
  const month = new Intl.DateTimeFormat(format.language === 'ja' ? 'ja-JP' : 'en-GB', {
    month: 'short',
    timeZone: 'UTC',
  })
  return (
    <Loaded read={read}>
      {({ points }) => {
        if (points.length === 0) return <p className="quiet">{t.trendNone}</p>
        const ends = [points[0], points.at(-1)].flatMap((point) => (point ? [point] : []))
        return (
          <>
            <TrendChart
              columns={points.map(({ day, totals }) => ({
                key: day,
                label: month.format(new Date(`${day}T00:00:00Z`)),
                shares: sharesOf(totals),
              }))}
              alternative={`${t.trend}. ${ends
                .map(({ day, totals }) => t.trendSays(format.day(day), counts(totals)))
                .join('. ')}`}
            />
            <details className={css.twin}>
              <summary>{t.asTable}</summary>
              <Plain caption={t.trend} head={[t.month, ...shownStates.map((state) => t.states[state])]}>
                {points.map(({ day, totals }) => (
                  <tr key={day}>
                    <th scope="row">
                      <time dateTime={day}>{format.shortDay(day)}</time>
                    </th>
                    {shownStates.map((state) => (
                      <td key={state} className="tabular">
                        {format.number(totals[state])}
                      </td>
                    ))}
                  </tr>
                ))}
              </Plain>
            </details>
          </>
        )
      }}
    </Loaded>
  )
}
