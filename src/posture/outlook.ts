import { checksOn } from './control.ts'
import { beginning, end, inForce, lastDay } from './days.ts'
import { type Declared, declared } from './declared.ts'
import { evidenceUntil } from './evidence.ts'
import type { Layout } from './layout.ts'
import { roundsAhead, standing } from './occurrences.ts'
import { passUntil } from './results.ts'
import type { Slot, Store } from './store.ts'

/** The first day on which a control that is effective today no longer is, if nobody does anything more. */
export type Fall = { on: number; fails: boolean }

/** What an implementation says by itself: the last day shown, the first day missed, the last day declared. */
type Hold = { shown: number; missed: number; declared: number; recurring: boolean }

function holdOf({ slot, fact, stance }: Declared, day: number): Hold {
  const recurring = fact.frequency !== null
  const rounds = standing(slot.rounds, day)
  const ahead = roundsAhead(slot.rounds, day)
  const [next] = ahead
  const until = rounds?.is === 'passed' ? rounds.until : beginning
  // A round ahead may not have begun: it takes over if it begins no later than the day after.
  const goesOn = ahead.some((round) => round.from <= until + 1)
  const passed = goesOn && next !== undefined ? Math.max(until, next.dueBy) : until
  return {
    shown: recurring ? passed : Math.max(passed, evidenceUntil(slot.evidence, day)),
    missed: next === undefined ? end : next.dueBy + 1,
    declared: lastDay(stance.to),
    recurring,
  }
}

/** Until when checks pass, per unit. */
function checksHold(store: Store, layout: Layout, controlId: string): Int32Array {
  const until = new Int32Array(layout.units.length).fill(beginning)
  for (const check of checksOn(store, controlId)) {
    if (!inForce(check, layout.day)) continue
    for (const timeline of store.timelines.get(check.id)?.values() ?? []) {
      const last = Math.min(passUntil(timeline, layout.day), lastDay(check.to))
      for (const unit of layout.unitsOfResource(timeline.resourceId))
        until[unit] = Math.max(until[unit] ?? beginning, last)
    }
  }
  return until
}

/**
 * Per unit, when an effective control falls, from nothing but what is known on the day of the layout: the answer for
 * a past day does not know what was done afterwards. Null at units where nothing is declared.
 */
export function outlook(store: Store, layout: Layout, controlId: string): (Fall | null)[] {
  const { day, places } = layout
  const checks = checksHold(store, layout, controlId)
  const holds = new Map<Slot, Hold>()
  return places.map((chain, unit) => {
    const found = declared(store, controlId, chain, day)
    if (found === null) return null
    const hold = holds.get(found.slot) ?? holdOf(found, day)
    holds.set(found.slot, hold)
    const shown = hold.recurring ? hold.shown : Math.max(hold.shown, checks[unit] ?? beginning)
    const lapse = Math.min(shown, hold.declared) + 1
    return hold.missed <= lapse ? { on: hold.missed, fails: true } : { on: lapse, fails: false }
  })
}
