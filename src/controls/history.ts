import type { Day } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Occurrence } from './occurrence.ts'
import { occurrenceStateOn } from './occurrence-state.ts'

/**
 * What is wrong with an occurrence that is brought with its history: nothing in it may lie in the future, attempts
 * belong to their period, and only what was missed on that day could be explained.
 */
export function historyProblems(one: Occurrence, today: Day): FieldProblem[] {
  const future = (pointer: string, day: Day) =>
    day > today ? [fieldProblem(pointer, 'occurrence.in_future', { day, today })] : []
  const { missed, cancelled } = one
  const isMissed = missed === null || occurrenceStateOn({ ...one, cancelled: null }, missed.on) === 'missed'
  return [
    ...one.attempts.flatMap(({ on }, index) => [
      ...future(`/attempts/${index}/on`, on),
      ...(on < one.periodFrom
        ? [fieldProblem(`/attempts/${index}/on`, 'occurrence.before_period', { from: one.periodFrom })]
        : []),
    ]),
    ...future('/plannedOn', one.plannedOn),
    ...(one.trigger === null ? [] : future('/periodFrom', one.periodFrom)),
    ...(missed === null ? [] : future('/missed/on', missed.on)),
    ...(isMissed ? [] : [fieldProblem('/missed', 'occurrence.not_missed', { due: one.dueBy })]),
    ...(cancelled === null ? [] : future('/cancelled/on', cancelled.on)),
  ]
}
