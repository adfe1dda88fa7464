import type { Obligation } from '../context/obligation.ts'
import type { Day } from '../kernel/day.ts'
import { holdsOn } from '../kernel/interval.ts'
import type { Risk } from '../risks/risk.ts'

/** Risks that stand on a day, each with the controls that its treatment of that day makes necessary (6.1.3 b). */
export const necessaryOn = (risks: Iterable<Risk>, day: Day) =>
  [...risks].flatMap((one) => {
    if (one.identifiedOn > day || (one.closed !== null && one.closed.on <= day)) return []
    const treatment = one.treatments.filter((each) => each.from <= day).at(-1)
    return [{ id: one.id, code: one.code, entityId: one.entityId, controlIds: treatment?.controlIds ?? [] }]
  })

/** Obligations that bind on a day, within some entities. */
export const bindingOn = (
  obligations: Iterable<Obligation>,
  entityIds: ReadonlySet<string>,
  day: Day,
): Obligation[] =>
  [...obligations].filter(
    (one) =>
      holdsOn(one, day) && (one.entityIds.length === 0 || one.entityIds.some((id) => entityIds.has(id))),
  )
