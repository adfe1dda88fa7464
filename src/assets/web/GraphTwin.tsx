import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import { lineage } from '../drawing/layout.ts'
import type { Box, GraphAnswer } from '../drawing/shapes.ts'
import { nameOf } from './graph-words.ts'
import { Levels } from './Levels.tsx'
import { assetMessages } from './messages.ts'

/** The same boxes and dependencies as a table. */
export function GraphTwin({ graph }: { graph: GraphAnswer }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const byId = new Map(graph.boxes.map((one) => [one.id, one]))
  const needs = Map.groupBy(graph.edges, ([from]) => from)
  const within = (box: Box) =>
    lineage(byId, box.id)
      .slice(1)
      .reverse()
      .flatMap((id) => byId.get(id) ?? [])
  const fullName = (box: Box) => [...within(box), box].map((one) => nameOf(one, t, format)).join(' › ')
  const to = (box: Box) =>
    (needs.get(box.id) ?? []).flatMap(([, to, count]) => {
      const other = byId.get(to)
      if (!other) return []
      const name = other.type === 'asset' ? nameOf(other, t, format) : fullName(other)
      return count > 1 ? `${name} (${format.number(count)})` : name
    })
  return (
    <Plain caption={t.graph.title} head={[t.graph.from, t.graph.in, t.kind, t.value, t.flags, t.graph.to]}>
      {graph.boxes
        // What an open group holds has rows of its own.
        .filter((box) => !box.open)
        .map((box) => (
          <tr key={box.id}>
            <th scope="row">
              {box.type === 'asset' ? (
                <Link to="/app/assets/$id" params={{ id: box.id }}>
                  {nameOf(box, t, format)}
                </Link>
              ) : (
                `${nameOf(box, t, format)} · ${t.graph.assets(format.number(box.assets))}`
              )}
            </th>
            <td>
              {within(box)
                .map((one) => nameOf(one, t, format))
                .join(' › ') || '—'}
            </td>
            <td>{box.kind ? t.kinds[box.kind] : '—'}</td>
            <td>
              <Levels effective={box.effective} />
            </td>
            <td>
              {[
                box.personal > 0
                  ? box.type === 'asset'
                    ? t.personal
                    : t.graph.personalOf(format.number(box.personal))
                  : '',
                box.card > 0 ? (box.type === 'asset' ? t.card : t.graph.cardOf(format.number(box.card))) : '',
              ]
                .filter(Boolean)
                .join(' · ') || '—'}
            </td>
            <td>{to(box).join(format.language === 'ja' ? '、' : ', ') || '—'}</td>
          </tr>
        ))}
    </Plain>
  )
}
