import type { Day } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Evidence } from './evidence.ts'
import { isInvolved } from './rules.ts'

/**
 * What is wrong with a verdict that is brought with an item: it was given after the item was collected and not in the
 * future, by somebody else where it accepts (four eyes), and with a reason where it rejects.
 */
export function verdictProblems(one: Evidence, today: Day): FieldProblem[] {
  const { review } = one
  if (review === null) return []
  return [
    ...(review.on > today
      ? [fieldProblem('/review/on', 'evidence.in_future', { day: review.on, today })]
      : []),
    ...(review.on < one.collectedOn
      ? [fieldProblem('/review/on', 'evidence.judged_before', { day: review.on, collected: one.collectedOn })]
      : []),
    ...(review.verdict === 'accepted' && isInvolved(one, review.personId)
      ? [fieldProblem('/review/by', 'evidence.own')]
      : []),
    ...(review.verdict === 'rejected' && review.note === null
      ? [fieldProblem('/review/note', 'evidence.note_missing')]
      : []),
  ]
}
