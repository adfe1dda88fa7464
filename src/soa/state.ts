import type { Day } from '../kernel/day.ts'
import type { SoaState } from './soa-version.ts'

/** What is declared of one control at one unit on the day. */
export type Declared = {
  controlId: string
  /** Covers the whole of what is asked for; otherwise a part of it. */
  full: boolean
  stance: 'operating' | 'planned' | 'not-implemented' | 'excluded' | 'none'
  /** First day of the stance. */
  since: Day | null
}

/** Controls that cover it between them. */
export type Joint = { full: boolean; controlIds: readonly string[] }

export type UnitFacts = { controls: readonly Declared[]; together: readonly Joint[] }

type Standing = { state: SoaState; since: Day | null }

const earliest = (days: readonly (Day | null)[]): Day | null =>
  days.filter((day) => day !== null).sort()[0] ?? null
const latest = (days: readonly (Day | null)[]): Day | null =>
  days
    .filter((day) => day !== null)
    .sort()
    .at(-1) ?? null

const operates = ({ stance }: Declared) => stance === 'operating'

/** The ways in which the whole is carried out at a unit, each with the day since when. */
function wholeWays({ controls, together }: UnitFacts): (Day | null)[] {
  const alone = controls.filter((one) => one.full && operates(one)).map((one) => one.since)
  const byId = new Map(controls.map((one) => [one.controlId, one]))
  const jointly = together.flatMap(({ full, controlIds }) => {
    const members = controlIds.map((id) => byId.get(id))
    const all = full && members.every((one) => one !== undefined && operates(one))
    return all ? [latest(members.map((one) => one?.since ?? null))] : []
  })
  return [...alone, ...jointly]
}

/** Whether what is asked for is carried out at one unit: in whole, in part, meant to be, or not. */
export function unitStanding(unit: UnitFacts): Standing {
  const ways = wholeWays(unit)
  if (ways.length > 0) return { state: 'implemented', since: earliest(ways) }
  if (unit.controls.some(operates)) return { state: 'partial', since: null }
  const planned = unit.controls.some((one) => one.stance === 'planned')
  return { state: planned ? 'planned' : 'not-implemented', since: null }
}

/**
 * Whether a control of the statement is implemented (ISO/IEC 27001 6.1.3 d): at every unit of the programme, or less.
 * It is about what is declared; whether it works is what evidence shows, and the posture tells.
 */
export function standingOf(units: readonly UnitFacts[]): Standing {
  const each = units.map(unitStanding)
  const every = (state: SoaState) => each.length > 0 && each.every((one) => one.state === state)
  if (every('implemented')) return { state: 'implemented', since: latest(each.map((one) => one.since)) }
  if (each.some((one) => one.state === 'implemented' || one.state === 'partial'))
    return { state: 'partial', since: null }
  return { state: each.some((one) => one.state === 'planned') ? 'planned' : 'not-implemented', since: null }
}
