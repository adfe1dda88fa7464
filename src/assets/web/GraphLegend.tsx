import { useWords } from '../../web/i18n/catalogue.ts'
import css from './graph.module.css'
import { assetMessages } from './messages.ts'

/** What the signs in the drawing stand for. */
export function GraphLegend() {
  const t = useWords(assetMessages)
  const { legend, marks } = t.graph
  const signs = [
    ['4', legend.level],
    [marks.personal, t.graph.personal],
    [marks.card, t.graph.card],
    ['▸', legend.group],
    ['┄', legend.ended],
  ] as const
  return (
    <ul className={css.legend}>
      {signs.map(([sign, meaning]) => (
        <li key={sign}>
          <b>{sign}</b> {meaning}
        </li>
      ))}
    </ul>
  )
}
