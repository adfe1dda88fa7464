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

/** Added to the state of what recurs: no check stands in for its occurrences. */
const recurs = 4

/**
 * What an implementation shows by itself, as a code. A declaration alone shows nothing. What recurs is shown by its
 * occurrences only; what does not, by any one thing that speaks for it.
 */
export function ownCode({ slot, fact, stance }: Declared, day: number): number {
  const recurring = fact.frequency !== null
  const kind = recurring ? recurs : 0
  if (stance.stance === 'excluded') return absent + kind
  if (stance.stance !== 'operating') return failing + kind
  const rounds = standing(slot.rounds, day)
  if (rounds?.is === 'missed' || rounds?.is === 'failed') return failing + kind
  const shown = rounds?.is === 'passed' || (!recurring && evidenceUntil(slot.evidence, day) >= day)
  return (shown ? effective : notAssessed) + kind
}

/** What a check says of a resource, as a bit; what is not known is none. */
export const checkBit = (timeline: Timeline, day: number): number => {
  const is = findingOn(timeline, day)?.is
  return is === 'failed' ? checksFail : is === 'passed' ? checksPass : 0
}

/** The state of a control from what its implementation shows and what the checks in the unit say together. */
export function withChecks(own: number, bits: number): number {
  const state = own % recurs
  if (state === absent || state === failing) return state
  if (bits & checksFail) return failing
  return state === notAssessed && own < recurs && bits & checksPass ? effective : state
}

export const checksOn = (store: Store, controlId: string): Check[] =>
  [...(store.checksOf.get(controlId) ?? [])].sort().flatMap((id) => store.checks.get(id) ?? [])

/** What the implementations of a control show on a day, as codes: where they stand matters to their units alone. */
export type Codes = Map<Slot, number>

/** What a check says of a resource, where it says anything. */
export type Bits = readonly { resourceId: string; bit: number }[]

/** What is shown for a control at every unit of a layout. Each implementation is looked at once, and noted in `known`. */
export function ownColumn(
  store: Store,
  { day, places }: Pick<Layout, 'day' | 'places'>,
  controlId: string,
  known: Codes,
): Uint8Array {
  const column = new Uint8Array(places.length)
  if (!store.placed.has(controlId)) return column
  places.forEach((chain, unit) => {
    const one = declared(store, controlId, chain, day)
    if (one === null) return
    const code = known.get(one.slot) ?? ownCode(one, day)
    known.set(one.slot, code)
    column[unit] = code
  })
  return column
}

/** What the checks of a control say of resources on a day. Each finding is looked at once. */
export function bitsOf(store: Store, day: number, controlId: string): Bits {
  const bits: { resourceId: string; bit: number }[] = []
  for (const check of checksOn(store, controlId)) {
    if (!inForce(check, day)) continue
    for (const timeline of store.timelines.get(check.id)?.values() ?? []) {
      const bit = checkBit(timeline, day)
      if (bit !== 0) bits.push({ resourceId: timeline.resourceId, bit })
    }
  }
  return bits
}

/** What the checks of a control say at every unit of a layout. */
export function checksColumn(layout: Pick<Layout, 'units' | 'unitsOfResource'>, bits: Bits): Uint8Array {
  const column = new Uint8Array(layout.units.length)
  for (const { resourceId, bit } of bits)
    for (const unit of layout.unitsOfResource(resourceId)) column[unit] = (column[unit] ?? 0) | bit
  return column
}
