import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Moves } from '../drawing/moves.ts'
import type { Box, Reach } from '../drawing/shapes.ts'
import css from './graph.module.css'
import { levelsOf, nameOf } from './graph-words.ts'
import { assetMessages } from './messages.ts'

export type GraphActs = {
  onToggle: (box: Box) => void
  onAround: (id: string) => void
  onOpen: (id: string) => void
  onRegister: (box: Box) => void
}

type GraphStatusProps = GraphActs & {
  box: Box | null
  moves: Moves
  reach: Reach | undefined
  /** The asset in the middle, which needs no way to itself. */
  focus: string | null
}

/** Says what is looked at, for eyes and for screen readers, and what can be done with it. */
export function GraphStatus({ box, moves, reach, focus, ...acts }: GraphStatusProps) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const graph = t.graph
  const number = format.number
  if (box === null)
    return (
      <p className={css.shown} role="status">
        <span className="quiet">{graph.keys}</span>
      </p>
    )
  const within = box.parent === null ? null : moves.byId.get(box.parent)
  const top = within?.parent ? moves.byId.get(within.parent) : null
  const where = [top, within].flatMap((one) => (one ? [nameOf(one, t, format)] : []))
  const sum = (counts: readonly number[]) => number(counts.reduce((all, one) => all + one, 0))
  const facts =
    box.type === 'asset'
      ? [
          box.kind ? t.kinds[box.kind] : '',
          levelsOf(box, t),
          box.personal > 0 ? graph.personal : '',
          box.card > 0 ? graph.card : '',
          box.notInUse > 0 ? graph.legend.ended : '',
          reach ? graph.reach(number(reach.needs.assets), number(reach.neededBy.assets)) : '',
          box.beyond > 0 ? graph.beyond(number(box.beyond)) : '',
        ]
      : [
          graph.assets(number(box.assets)),
          levelsOf(box, t),
          box.personal > 0 ? graph.personalOf(number(box.personal)) : '',
          box.card > 0 ? graph.cardOf(number(box.card)) : '',
          box.notInUse > 0 ? graph.notInUse(number(box.notInUse)) : '',
          box.open ? '' : graph.between(sum(moves.counts(box.id).out), sum(moves.counts(box.id).into)),
        ]
  return (
    <div className={css.shown}>
      <p role="status">
        <strong>{nameOf(box, t, format)}</strong>{' '}
        {where.length > 0 ? <span className="quiet">{where.join(' › ')} · </span> : null}
        <span className="quiet">{facts.filter(Boolean).join(' · ')}</span>
      </p>
      <p>
        {box.type === 'group' ? (
          <button type="button" className={css.act} onClick={() => acts.onToggle(box)}>
            {box.open ? graph.closeGroup : graph.openGroup}
          </button>
        ) : null}
        {box.type === 'asset' && box.id !== focus ? (
          <button type="button" className={css.act} onClick={() => acts.onAround(box.id)}>
            {graph.around}
          </button>
        ) : null}
        {box.type === 'asset' ? (
          <button type="button" className={css.act} onClick={() => acts.onOpen(box.id)}>
            {graph.open}
          </button>
        ) : (
          <button type="button" className={css.act} onClick={() => acts.onRegister(box)}>
            {graph.register(number((box.type === 'rest' ? within : box)?.assets ?? 0))}
          </button>
        )}
      </p>
    </div>
  )
}
