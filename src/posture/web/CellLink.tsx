import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { StandBar } from '../../web/chart/StandBar.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State } from '../../web/ui/State.tsx'
import { postureMessages } from './messages.ts'
import css from './posture.module.css'
import type { Totals } from './shapes.ts'
import { requirementTones, sharesOf, shownStates, useCounts } from './words.ts'

type CellLinkProps = { programmeId: string; unit?: string; totals: Totals; label: string; large?: boolean }

/** A programme at one place as a bar that leads there; its counts come to the pointer, the finger and the focus. */
export function CellLink({ programmeId, unit, totals, label, large }: CellLinkProps) {
  const counts = useCounts()
  return (
    <Tooltip
      label={<CountList totals={totals} title={label} />}
      events={{ hover: true, focus: true, touch: true }}
      openDelay={80}
      classNames={{ tooltip: css.tip ?? '' }}
    >
      <Link
        to="/app/programmes/$id"
        params={{ id: programmeId }}
        search={unit ? { unit } : {}}
        className={css.cell ?? ''}
        aria-label={`${label}. ${counts(totals)}`}
      >
        <StandBar shares={sharesOf(totals)} large={large ?? false} />
      </Link>
    </Tooltip>
  )
}

function CountList({ totals, title }: { totals: Totals; title: string }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const states = [...shownStates, 'not-applicable' as const].filter((state) => totals[state] > 0)
  return (
    <span className={css.tipBody}>
      <b>{title}</b>
      {states.map((state) => (
        <span key={state} className={css.tipLine}>
          <State tone={requirementTones[state]}>{t.states[state]}</State>
          <span className="tabular">{format.number(totals[state])}</span>
        </span>
      ))}
    </span>
  )
}

/** The counts of a programme beside its bar: a number and a word each; what is none is left out. */
export function Counts({ totals }: { totals: Totals }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  return (
    <span className={css.counts}>
      {shownStates
        .filter((state) => totals[state] > 0)
        .map((state) => (
          <span key={state} data-state={state}>
            <i data-state={state} aria-hidden="true" />
            <b className="tabular">{format.number(totals[state])}</b> {t.states[state]}
          </span>
        ))}
      <span className="quiet">{t.ofApplicable(format.number(totals.applicable))}</span>
    </span>
  )
}
