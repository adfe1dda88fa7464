import { firstDay, inForce } from './days.ts'
import type { Implementation, Stance } from './facts.ts'
import type { Slot, Store } from './store.ts'

/** What the organisation says of a control on a day. */
export type Declared = { slot: Slot; fact: Implementation; stance: Stance }

const starts = ({ stance }: Declared) => firstDay(stance.from)

/** What is declared at one place on a day; of several, the one that began last. */
function declaredAt(slots: readonly Slot[], day: number, inherited: boolean): Declared | null {
  let found: Declared | null = null
  for (const slot of slots) {
    const { fact } = slot
    if (fact === null || (inherited && fact.inheritable === false)) continue
    for (const stance of fact.stances) {
      if (!inForce(stance, day)) continue
      const one = { slot, fact, stance }
      const later = found === null ? 1 : starts(one) - starts(found) || (fact.id < found.fact.id ? 1 : -1)
      if (later > 0) found = one
    }
  }
  return found
}

/** The nearest declaration for a unit: of its service, its entity, or an entity above. */
export function declared(
  store: Store,
  controlId: string,
  places: readonly string[],
  day: number,
): Declared | null {
  const placed = store.placed.get(controlId)
  if (placed === undefined) return null
  // A service's own place and that of the entity which operates it are the unit's own; all above is inherited.
  const own = places[0]?.startsWith('service ') ? 2 : 1
  // By number, because this is asked for every control at every unit.
  for (let at = 0; at < places.length; at++) {
    const slots = placed.get(places[at] ?? '')
    const found = slots === undefined ? null : declaredAt(slots, day, at >= own)
    if (found !== null) return found
  }
  return null
}
