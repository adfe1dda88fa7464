import type { Objective } from '../objectives/objective.ts'
import { type Belonging, named, notOver } from './belonging.ts'

/** An objective has an owner, somebody who measures and somebody who evaluates (ISO/IEC 27001 6.2 i, 9.1 d and f). */
export const objectiveBelongs: Belonging<Objective> = {
  parts: (one, day) =>
    notOver(one.to, day)
      ? [
          ...named('owner', one.ownerId),
          ...named('measures', one.measure.measuredById),
          ...named('evaluates', one.measure.evaluatedById),
        ]
      : [],
  hand: (one, parts, to) => ({
    ...one,
    ownerId: parts.has('owner') ? to : one.ownerId,
    measure: {
      ...one.measure,
      measuredById: parts.has('measures') ? to : one.measure.measuredById,
      evaluatedById: parts.has('evaluates') ? to : one.measure.evaluatedById,
    },
  }),
}
