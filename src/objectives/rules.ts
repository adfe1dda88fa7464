import type { Day } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { isOrdered } from '../kernel/interval.ts'
import type { Objective } from './objective.ts'
import type { Reading } from './reading.ts'

/** What is wrong with an objective by itself: targets out of order, or bounds that nothing can lie between. */
export function objectiveProblems(one: Objective): FieldProblem[] {
  const { direction } = one.measure
  const targets = one.targets.flatMap((target, index): FieldProblem[] => {
    const at = `/targets/${index}`
    const before = one.targets[index - 1]
    if (before && target.by <= before.by)
      return [fieldProblem(`${at}/by`, 'objective.target_order', { by: before.by })]
    if (direction !== 'within')
      return target.upper === null ? [] : [fieldProblem(`${at}/upper`, 'objective.upper_unused')]
    if (target.upper === null) return [fieldProblem(`${at}/upper`, 'objective.upper_missing')]
    return target.upper < target.value
      ? [fieldProblem(`${at}/upper`, 'objective.upper_below', { lower: target.value })]
      : []
  })
  const span = isOrdered(one)
    ? []
    : [fieldProblem('/to', 'interval.end_before_start', { from: one.from ?? '', to: one.to ?? '' })]
  return [...targets, ...span]
}

type Fact = Pick<Reading, 'id' | 'on' | 'replaces' | 'objectiveId'>

/**
 * What is wrong with a reading among those of its objective. A day has one value that counts: another one for it is a
 * correction, and says so by naming what it replaces.
 */
export function readingProblems(
  one: Fact,
  others: readonly Fact[],
  { from, to }: Pick<Objective, 'from' | 'to'>,
  today: Day,
): FieldProblem[] {
  if (one.on > today) return [fieldProblem('/on', 'reading.future', { today })]
  if ((from !== null && one.on < from) || (to !== null && one.on > to))
    return [fieldProblem('/on', 'reading.outside', { from: from ?? '…', to: to ?? '…' })]
  const replacedBy = new Set(others.map((each) => each.replaces))
  if (one.replaces !== null) {
    if (!others.some((each) => each.id === one.replaces))
      return [fieldProblem('/replaces', 'record.reference_unknown')]
    if (replacedBy.has(one.replaces)) return [fieldProblem('/replaces', 'reading.replaced_already')]
  }
  const counting = others.filter((each) => each.id !== one.replaces && !replacedBy.has(each.id))
  return counting.some((each) => each.on === one.on)
    ? [fieldProblem('/on', 'reading.day_taken', { day: one.on })]
    : []
}
