import { useMe } from '../../web/frame/me.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column } from '../../web/table/column.ts'
import { State } from '../../web/ui/State.tsx'
import { Band } from './Band.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { RiskAnswer } from './shapes.ts'
import { RiskStateMark } from './words.tsx'

/** How much of a plan is done, drawn and in words. */
export function Progress({ progress, brief }: { progress: RiskAnswer['progress']; brief?: boolean }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const { actions, done, overdue } = progress
  if (actions === 0) return <span className="quiet">—</span>
  return (
    <span className="tabular">
      <span className={css.meter} aria-hidden="true">
        <i style={{ width: `${(done / actions) * 100}%` }} />
      </span>
      {brief ? `${done}/${actions}` : t.progressOf(format.number(done), format.number(actions))}
      {overdue > 0 ? (
        <>
          {' · '}
          <span className={css.late}>{t.overdueCount(format.number(overdue))}</span>
        </>
      ) : null}
    </span>
  )
}

/** The day in view, or today. */
export function useDay(): string {
  const today = useMe().data?.today ?? ''
  return useTimes().asOf ?? today
}

/** The columns of the register; keys that sort are those of the API. */
export function useRiskColumns(entityOf: (id: string) => string): Column<RiskAnswer>[] {
  const t = useWords(riskMessages)
  const format = useFormat()
  const day = useDay()
  return [
    {
      key: 'code',
      header: t.code,
      width: 84,
      sortable: true,
      cell: (row) => <code className={css.code}>{row.code}</code>,
    },
    { key: 'name', header: t.name, sortable: true, cell: (row) => format.text(row.name) },
    {
      key: 'level',
      header: t.level,
      width: 132,
      sortable: true,
      cell: (row) => <Band rating={row.ratings.residual} />,
    },
    {
      key: 'current',
      header: t.levelOf.current,
      width: 132,
      cell: (row) => <Band rating={row.ratings.current} />,
    },
    { key: 'state', header: t.state, width: 172, cell: (row) => <RiskStateMark state={row.state} /> },
    {
      key: 'treatment',
      header: t.treatment,
      width: 96,
      cell: (row) => (row.treatment ? t.options[row.treatment.option] : <span className="quiet">—</span>),
    },
    {
      key: 'progress',
      header: t.progress,
      width: 186,
      cell: (row) => <Progress progress={row.progress} brief />,
    },
    {
      key: 'owner',
      header: t.owner,
      width: 140,
      cell: (row) =>
        row.needsHandover ? (
          <State tone="failing">{t.handover}</State>
        ) : row.owner ? (
          format.text(row.owner.name)
        ) : (
          <span className="quiet">{t.nobody}</span>
        ),
    },
    { key: 'entity', header: t.entity, width: 160, cell: (row) => entityOf(row.entityId) },
    {
      key: 'reviewDue',
      header: t.reviewDue,
      width: 124,
      cell: (row) =>
        row.reviewDue ? (
          <span className={row.reviewDue < day ? css.late : undefined}>{format.shortDay(row.reviewDue)}</span>
        ) : (
          <span className="quiet">—</span>
        ),
    },
  ]
}
