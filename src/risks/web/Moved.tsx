import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { tones } from '../method.ts'
import type { RiskValue } from '../risk.ts'
import { Band } from './Band.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { MapPoint, Rating } from './shapes.ts'

type MovedProps = { points: readonly MapPoint[]; since: string }

const stays = ({ before, now }: MapPoint) =>
  before?.likelihood === now?.likelihood && before?.consequence === now?.consequence

/** What the arrows say, as a table: every risk that came, went or moved. */
export function Moved({ points, since }: MovedProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const moved = points.filter((point) => !stays(point))
  // By tones and not by bands: two versions may have bands of their own.
  const height = (rating: Rating | null) => (rating ? tones.indexOf(rating.tone) : -1)
  const direction = ({ before, now, was, is }: MapPoint) => {
    if (before === null) return t.map.came
    if (now === null) return t.map.went
    const change = height(is) - height(was)
    return change === 0 ? t.map.sideways : change > 0 ? `▲ ${t.map.higher}` : `▼ ${t.map.lower}`
  }
  const place = (value: RiskValue | null, rating: Rating | null) =>
    value ? (
      <>
        <Band rating={rating} />{' '}
        <span className={css.place}>
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
              <td>{place(point.before, point.was)}</td>
              <td>{place(point.now, point.is)}</td>
              <td>{direction(point)}</td>
            </tr>
          ))}
        </Plain>
      )}
    </Section>
  )
}
