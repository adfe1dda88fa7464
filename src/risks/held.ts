import { recordOn } from '../kernel/dated.ts'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { RiskAcceptance } from './acceptance.ts'
import type { RiskMethod } from './method.ts'
import { methodInForce } from './method-rules.ts'
import type { Risk } from './risk.ts'
import { type Standing, standingOn } from './standing.ts'

/** A risk as it stood on a day, with what the day says of it. */
export type RiskStanding = { risk: Risk; standing: Standing }

/** What a day says of the risks that were identified by then: by risk, and in the order of their codes. */
export type DayOfRisks = { byId: ReadonlyMap<Id, RiskStanding>; all: readonly RiskStanding[] }

/** All risks of an organisation at one state of its log, with what the days that were asked about say of them. */
export type HeldRisks = {
  /** Size of the log that they were read at: it names the state of all rows exactly. */
  size: number
  /** In the order of their codes. */
  risks: readonly Risk[]
  methods: ReadonlyMap<Id, RiskMethod>
  /** By risk, each in the order of their days. */
  acceptances: ReadonlyMap<Id, readonly RiskAcceptance[]>
  days: Map<Day, DayOfRisks>
  /** The risks under conditions that the database has judged, by the text of the condition. */
  found: Map<string, ReadonlySet<Id>>
}

/** Days kept for one organisation at the same time: today, and those that people compare it with. */
const mostDays = 6

/** What a day says of every risk that was identified by then, worked out once for each day. */
export function standingsHeld(held: HeldRisks, day: Day): DayOfRisks {
  const known = held.days.get(day)
  if (known) return known
  const inForce = methodInForce([...held.methods.values()], day)
  const found = new Map<Id, RiskStanding>()
  for (const each of held.risks) {
    const risk = recordOn(each, day)
    const acceptances = held.acceptances.get(risk.id) ?? []
    const standing = standingOn(risk, { methods: held.methods, inForce, acceptances }, day)
    if (standing !== null) found.set(risk.id, { risk, standing })
  }
  const made = { byId: found, all: [...found.values()] }
  held.days.set(day, made)
  const [oldest] = held.days.keys()
  if (held.days.size > mostDays && oldest !== undefined) held.days.delete(oldest)
  return made
}
