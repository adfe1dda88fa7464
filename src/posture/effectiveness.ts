import type { Day } from '../kernel/day.ts'
import { controlCode, controlTurns } from './control-answer.ts'
import { dayNumber, dayText } from './days.ts'
import type { Unit } from './facts.ts'
import { type ControlState, controlStateOf, effective } from './state.ts'
import type { Store } from './store.ts'

/** Days, both included, throughout which a control was in one state. */
export type Span = { from: Day; to: Day; state: ControlState }

/**
 * Days, both included, on which a control was not effective. `days` counts as an auditor counts a late scan: from the
 * last day covered to the day of the next, so one valid to day 90 and repeated on day 95 is 5 days late. At an edge of
 * the window, where there is no such day, it is the number of days.
 */
export type Gap = { from: Day; to: Day; days: number }

export type Effectiveness = { spans: readonly Span[]; gaps: readonly Gap[] }

type Run = { from: number; to: number; code: number }

/** The runs of equal state in a window; looks only at the days on which something can change. */
function runsOf(store: Store, controlId: string, unit: Unit, from: number, to: number): Run[] {
  const inside = controlTurns(store, controlId, unit).filter((day) => from < day && day <= to)
  const days = [...new Set([from, ...inside])].sort((a, b) => a - b)
  const runs: Run[] = []
  for (const [at, day] of days.entries()) {
    const code = controlCode(store, controlId, unit, day)
    const until = (days[at + 1] ?? to + 1) - 1
    const last = runs.at(-1)
    if (last?.code === code) last.to = until
    else runs.push({ from: day, to: until, code })
  }
  return runs
}

function gapsOf(runs: readonly Run[], from: number, to: number): Gap[] {
  const gaps: Run[] = []
  for (const run of runs) {
    if (run.code === effective) continue
    const last = gaps.at(-1)
    if (last?.to === run.from - 1) last.to = run.to
    else gaps.push({ ...run })
  }
  return gaps.map((gap) => {
    const between = gap.from > from && gap.to < to
    return { from: dayText(gap.from), to: dayText(gap.to), days: gap.to - gap.from + (between ? 2 : 1) }
  })
}

/** How a control stood at a unit throughout a window, and the gaps in between. The window is not empty. */
export function effectivenessOf(
  store: Store,
  controlId: string,
  unit: Unit,
  window: { from: Day; to: Day },
): Effectiveness {
  const [from, to] = [dayNumber(window.from), dayNumber(window.to)]
  const runs = runsOf(store, controlId, unit, from, to)
  const spans = runs.map((run) => ({
    from: dayText(run.from),
    to: dayText(run.to),
    state: controlStateOf(run.code),
  }))
  return { spans, gaps: gapsOf(runs, from, to) }
}
