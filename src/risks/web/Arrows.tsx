import type { RiskMethod } from '../method.ts'
import type { RiskValue } from '../risk.ts'
import css from './risks.module.css'
import type { MapPoint } from './shapes.ts'

type Move = { from: RiskValue; to: RiskValue; count: number }

/** Moves from one cell to another, together where several risks made the same one. */
function movesOf(points: readonly MapPoint[]): Move[] {
  const moves = new Map<string, Move>()
  for (const { before, now } of points) {
    if (before === null || now === null) continue
    if (before.likelihood === now.likelihood && before.consequence === now.consequence) continue
    const key = [before.likelihood, before.consequence, now.likelihood, now.consequence].join(' ')
    const known = moves.get(key)
    moves.set(key, { from: before, to: now, count: (known?.count ?? 0) + 1 })
  }
  return [...moves.values()]
}

/** From edge to edge of the cells rather than over their counts, bent so that both ways stay apart. */
function pathOf({ from, to }: Move, rows: number, cell: { width: number; height: number }) {
  const centre = ({ likelihood, consequence }: RiskValue) => ({
    x: (consequence + 0.5) * cell.width,
    y: (rows - likelihood - 0.5) * cell.height,
  })
  const [a, b] = [centre(from), centre(to)]
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  const [dx, dy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const gap = Math.min(cell.width, cell.height) * 0.3
  const start = { x: a.x + dx * gap, y: a.y + dy * gap }
  const end = { x: b.x - dx * gap, y: b.y - dy * gap }
  const bend = Math.min(length * 0.14, 26)
  const middle = { x: (start.x + end.x) / 2 - dy * bend, y: (start.y + end.y) / 2 + dx * bend }
  const angle = (Math.atan2(end.y - middle.y, end.x - middle.x) * 180) / Math.PI
  return { d: `M${start.x} ${start.y}Q${middle.x} ${middle.y} ${end.x} ${end.y}`, end, angle }
}

/** Where the cells of the matrix lie, in pixels. */
export type Frame = { left: number; top: number; width: number; height: number }

type ArrowsProps = { method: RiskMethod; points: readonly MapPoint[]; frame: Frame }

/** The heat map's movement between two days; the table beneath it says the same. */
export function Arrows({ method, points, frame }: ArrowsProps) {
  const rows = method.likelihood.length
  const cell = { width: frame.width / method.consequence.length, height: frame.height / rows }
  return (
    <svg className={css.arrows} style={{ ...frame }} aria-hidden="true" focusable="false">
      {movesOf(points).map((move) => {
        const { d, end, angle } = pathOf(move, rows, cell)
        const stroke = 1.5 + Math.min(move.count - 1, 4)
        return (
          <g key={d}>
            <path className={css.arrowHalo} d={d} strokeWidth={stroke + 3} />
            <path className={css.arrow} d={d} strokeWidth={stroke} />
            <path
              className={css.arrowHead}
              d="M0 0L-9 4.5L-9 -4.5Z"
              transform={`translate(${end.x} ${end.y}) rotate(${angle})`}
            />
          </g>
        )
      })}
    </svg>
  )
}
