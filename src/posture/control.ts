import { inForce } from './days.ts'
import { type Declared, declared } from './declared.ts'
import { evidenceUntil } from './evidence.ts'
import type { Check } from './facts.ts'
import type { Layout } from './layout.ts'
import { standing } from './occurrences.ts'
import { findingOn, type Timeline } from './results.ts'
import { absent, effective, failing, notAssessed } from './state.ts'
import type { Slot, Store } from './store.ts'

const checksFail = 1
const checksPass = 2

/**
 * The state of a control from what is declared and what was collected. A declaration alone shows nothing. What recurs
 * is shown by its occurrences only; what does not, by any one thing that speaks for it.
 */
export function stateOf({ slot, fact, stance }: Declared, day: number): { own: number; recurring: boolean } {
  const recurring = fact.frequency !== null
  if (stance.stance === 'excluded') return { own: absent, recurring }
  if (stance.stance !== 'operating') return { own: failing, recurring }
  const rounds = standing(slot.rounds, day)
  if (rounds?.is === 'missed' || rounds?.is === 'failed') return { own: failing, recurring }
  const shown = rounds?.is === 'passed' || (!recurring && evidenceUntil(slot.evidence, day) >= day)
  return { own: shown ? effective : notAssessed, recurring }
}

export function withChecks({ own, recurring }: { own: number; recurring: boolean }, bits: number): number {
  if (own === absent || own === failing) return own
  if (bits & checksFail) return failing
  return own === notAssessed && !recurring && bits & checksPass ? effective : own
}

export const bitOf = (timeline: Timeline, day: number): number => {
  const is = findingOn(timeline, day)?.is
  return is === 'failed' ? checksFail : is === 'passed' ? checksPass : 0
}

export const checksOn = (store: Store, controlId: string): Check[] =>
  [...(store.checksOf.get(controlId) ?? [])].sort().flatMap((id) => store.checks.get(id) ?? [])

/** The state of a control at every unit of a layout, as codes. Each fact is looked at once. */
export function controlColumn(store: Store, layout: Layout, controlId: string): Uint8Array {
  const { day, units, places } = layout
  const column = new Uint8Array(units.length)
  if (!store.placed.has(controlId)) return column
  const bits = new Uint8Array(units.length)
  for (const check of checksOn(store, controlId)) {
    if (!inForce(check, day)) continue
    for (const timeline of store.timelines.get(check.id)?.values() ?? []) {
      const bit = bitOf(timeline, day)
      if (bit === 0) continue
      for (const unit of layout.unitsOfResource(timeline.resourceId)) bits[unit] = (bits[unit] ?? 0) | bit
    }
  }
  const known = new Map<Slot, { own: number; recurring: boolean }>()
  places.forEach((chain, unit) => {
    const one = declared(store, controlId, chain, day)
    if (one === null) return
    const own = known.get(one.slot) ?? stateOf(one, day)
    known.set(one.slot, own)
    column[unit] = withChecks(own, bits[unit] ?? 0)
  })
  return column
}
