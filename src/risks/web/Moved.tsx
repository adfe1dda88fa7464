import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import type { RiskMethod } from '../method.ts'
import { ratingOf } from '../rating.ts'
import type { RiskValue } from '../risk.ts'
import { Band } from './Band.tsx'
import { riskMessages } from './messages.ts'
import type { MapPoint } from './shapes.ts'

type MovedProps = { method: RiskMethod; points: readonly MapPoint[]; since: string }

const stays = ({ before, now }: MapPoint) =>
  before?.likelihood === now?.likelihood && before?.consequence === now?.consequence

/** What the arrows say, as a table: every risk that came, went or moved. */
export function Moved({ method, points, since }: MovedProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const moved = points.filter((point) => !stays(point))
  const rate = (value: RiskValue | null) => (value ? ratingOf(method, value) : null)
  const direction = ({ before, now }: MapPoint) => {
    if (before === null) return t.map.came
    if (now === null) return t.map.went
    const change = (rate(now)?.index ?? 0) - (rate(before)?.index ?? 0)
    return change === 0 ? t.map.sideways : change > 0 ? `▲ ${t.map.higher}` : `▼ ${t.map.lower}`
  }
  const place = (value: RiskValue | null) =>
    value ? (
      <>
        <Band rating={rate(value)?.band ?? null} />{' '}
        <span className="quiet tabular">
          {value.likelihood + 1} × {value.consequence + 1}
        </span>
      </>
    ) : (
      '—'
    )
  return (
    <Section title={t.map.moved} beside={<span className="quiet">{format.day(since)}</span>}>
      {moved.length === 0 ? (
        <p className="quiet">{t.map.movedNone}</p>
      ) : (
        <Plain caption={t.map.moved} head={[t.plans.risk, t.map.from, t.map.to, t.map.direction]}>
          {moved.map((point) => (
            <tr key={point.id}>
              <th scope="row">
                <Link to="/app/risks/$id" params={{ id: point.id }}>
                  <code>{point.code}</code> {format.text(point.name)}
                </Link>
              </th>
              <td>{place(point.before)}</td>
              <td>{place(point.now)}</td>
              <td>{direction(point)}</td>
            </tr>
          ))}
        </Plain>
      )}
    </Section>
  )
}
