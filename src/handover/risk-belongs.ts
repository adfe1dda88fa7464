import { datedFrom } from '../kernel/dated.ts'
import { datedOfAction, type Risk } from '../risks/risk.ts'
import { isOpen, riskOn } from '../risks/view.ts'
import { type Belonging, named } from './belonging.ts'

/** A risk is its owner's until it is closed; each action of its plan is somebody's until it is done or dropped. */
export const riskBelongs: Belonging<Risk> = {
  parts(one, day) {
    const view = riskOn(one, day)
    if (view === null || view.closed !== null) return []
    const open = view.actions.filter(isOpen)
    return [
      ...named('owner', one.ownerId),
      ...open.flatMap((action) => named(`action:${action.key}`, action.ownerId)),
    ]
  },
  hand: (one, parts, to, day) => ({
    ...one,
    ownerId: parts.has('owner') ? to : one.ownerId,
    actions: one.actions.map((action) =>
      parts.has(`action:${action.key}`)
        ? datedFrom(action, { ...action, ownerId: to }, datedOfAction, day)
        : action,
    ),
  }),
}
