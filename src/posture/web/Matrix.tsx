import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import type { Day } from '../../kernel/day.ts'
import { useRead } from '../../web/data.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { NextAudit } from './Audit.tsx'
import { CellLink } from './CellLink.tsx'
import { matrixRows } from './matrix-rows.ts'
import { postureMessages } from './messages.ts'
import css from './posture.module.css'
import type { ProgrammeRow, Totals, UnitName } from './shapes.ts'
import { shownStates } from './words.ts'

type MatrixProps = { programmes: readonly ProgrammeRow[]; day: Day; heads?: boolean }
type EntityName = { id: string; parentId: string | null; name: UnitName['name'] }

/** Programmes by entities and services, as small multiples. */
export function Matrix({ programmes, day, heads }: MatrixProps) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const scope = useEntityScope()
  const entities = useRead<{ items: EntityName[] }>('/api/entities')
  if (entities.isPending) return null
  const rows = matrixRows(programmes, entities.data?.items ?? [], scope)
  if (rows.length === 0) return <p className="quiet">{t.emptyHere}</p>
  return (
    // A region that scrolls must be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the comment above says why
    <section className={css.scroll} tabIndex={0} aria-label={t.matrix}>
      <table className={css.matrix} style={{ '--programmes': programmes.length } as CSSProperties}>
        <caption className="unseen">{t.matrix}</caption>
        <thead>
          <tr>
            <th scope="col" className={css.corner}>
              {t.unit}
            </th>
            {programmes.map((one) => (
              <th key={one.programmeId} scope="col">
                <Link to="/app/programmes/$id" params={{ id: one.programmeId }}>
                  {format.text(one.name)}
                </Link>
                {heads ? <NextAudit on={one.nextAudit} day={day} short /> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" style={{ paddingInlineStart: row.depth * 14 }}>
                <span className={css.unitName}>{format.text(row.unit.name)}</span>
              </th>
              {programmes.map((one) => {
                const totals = row.totals.get(one.programmeId)
                const name = format.text(one.name)
                return (
                  <td key={one.programmeId} data-name={name} data-none={totals === undefined || undefined}>
                    {totals ? (
                      <Cell programme={one} row={row} name={name} totals={totals} />
                    ) : (
                      <span className="unseen">{t.outOfScope}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type CellProps = {
  programme: ProgrammeRow
  row: { key: string; unit: UnitName }
  name: string
  totals: Totals
}

function Cell({ programme, row, name, totals }: CellProps) {
  const format = useFormat()
  return (
    <span className={css.multiple}>
      <CellLink
        programmeId={programme.programmeId}
        unit={row.key}
        totals={totals}
        label={`${format.text(row.unit.name)}, ${name}`}
      />
      <span className={css.fails} data-some={totals.failing > 0 || undefined} aria-hidden="true">
        {totals.failing > 0 ? (
          <>
            <Icon name="cross" size={10} />
            {format.number(totals.failing)}
          </>
        ) : null}
      </span>
    </span>
  )
}

/** What the colours and patterns of the bars mean. */
export function Legend() {
  const t = useWords(postureMessages)
  return (
    <ul className={css.legend}>
      {shownStates.map((state) => (
        <li key={state} title={t.stateMeans[state]}>
          <i data-state={state} aria-hidden="true" />
          {t.states[state]}
        </li>
      ))}
    </ul>
  )
}
