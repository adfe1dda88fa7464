import { Link } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { RiskMethod } from '../method.ts'
import { ratingOf, type ValueKind } from '../rating.ts'
import type { RiskValue } from '../risk.ts'
import { Arrows, type Frame } from './Arrows.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { MapPoint } from './shapes.ts'

type HeatMapProps = {
  method: RiskMethod
  points: readonly MapPoint[]
  which: ValueKind
  moving: boolean
  entity: string
}

const keyOf = ({ likelihood, consequence }: RiskValue) => `${likelihood} ${consequence}`

/** Where the cells lie within the drawing, whatever the names beside and below them take up. */
function useFrame(body: RefObject<HTMLTableSectionElement | null>): Frame | null {
  const [frame, setFrame] = useState<Frame | null>(null)
  useEffect(() => {
    const rows = body.current
    const whole = rows?.closest('div')
    if (!rows || !whole) return
    const measure = () => {
      const [first, last] = [rows.rows[0]?.cells[1], rows.rows[rows.rows.length - 1]]
      const end = last?.cells[last.cells.length - 1]
      if (!first || !end) return
      const [outer, start, stop] = [whole, first, end].map((one) => one.getBoundingClientRect())
      if (!outer || !start || !stop) return
      setFrame({
        ...{ left: start.left - outer.left, top: start.top - outer.top },
        ...{ width: stop.right - start.left, height: stop.bottom - start.top },
      })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(whole)
    measure()
    return () => observer.disconnect()
  }, [body])
  return frame
}

/** The matrix as a table, each cell with its risks as a way to the register; movement lies over it. */
export function HeatMap({ method, points, which, moving, entity }: HeatMapProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const body = useRef<HTMLTableSectionElement>(null)
  const frame = useFrame(body)
  const here = Map.groupBy(
    points.filter((point) => point.now !== null),
    (point) => keyOf(point.now as RiskValue),
  )
  const rows = method.likelihood.map((level, index) => ({ level, index })).reverse()
  return (
    <div className={css.heat}>
      <table>
        <caption className="unseen">{t.map.caption}</caption>
        <colgroup>
          <col className={css.corner} />
          {method.consequence.map((level) => (
            <col key={format.text(level.name)} />
          ))}
        </colgroup>
        <tbody ref={body}>
          {rows.map(({ level, index }) => (
            <tr key={format.text(level.name)}>
              <th scope="row" title={format.text(level.anchor)}>
                {index + 1} {format.text(level.name)}
              </th>
              {method.consequence.map((other, consequence) => {
                const value = { likelihood: index, consequence }
                return (
                  <td key={format.text(other.name)}>
                    <Cell
                      method={method}
                      value={value}
                      points={here.get(keyOf(value)) ?? []}
                      which={which}
                      entity={entity}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>
              <span className={css.cornerText}>
                <span>↑ {t.likelihood}</span>
                <span>{t.consequence} →</span>
              </span>
            </td>
            {method.consequence.map((level, index) => (
              <th key={format.text(level.name)} scope="col" title={format.text(level.anchor)}>
                {index + 1} {format.text(level.name)}
              </th>
            ))}
          </tr>
        </tfoot>
      </table>
      {moving && frame ? <Arrows method={method} points={points} frame={frame} /> : null}
    </div>
  )
}

type CellProps = {
  method: RiskMethod
  value: RiskValue
  points: readonly MapPoint[]
  which: ValueKind
  entity: string
}

function Cell({ method, value, points, which, entity }: CellProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const band = ratingOf(method, value)?.band
  if (points.length === 0) return <span className={css.cell} data-tone={band?.tone} />
  const { likelihood, consequence } = value
  const codes = points.map((point) => point.code).join(' ')
  return (
    <Link
      className={css.cell}
      data-tone={band?.tone}
      to="/app/risks"
      search={(before: object) => ({
        ...before,
        ...{ which, likelihood, consequence, method: method.id },
        ...(entity ? { entity } : {}),
      })}
    >
      <b className={css.count}>{format.number(points.length)}</b>
      <span className={css.codes}>{codes}</span>
      <span className="unseen">
        {t.map.cell(
          format.text(method.likelihood[likelihood]?.name),
          format.text(method.consequence[consequence]?.name),
          format.text(band?.name),
        )}
      </span>
    </Link>
  )
}
