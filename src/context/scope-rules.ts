import type { Day } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import type { ScopeStatement } from './scope-statement.ts'

/** An exclusion as somebody is writing it; its reason may still be missing. */
export type OpenExclusion = { what: LocalText; justification: LocalText | null }

const twice = (pointer: string, ids: readonly Id[]): FieldProblem[] =>
  ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [fieldProblem(`${pointer}/${index}`, 'scope.twice')] : [],
  )

/** ISO/IEC 27001 4.3 asks for a scope that can be checked: nothing is left out of it without a reason. */
export const exclusionProblems = (exclusions: readonly OpenExclusion[]): FieldProblem[] =>
  exclusions.flatMap(({ justification }, index) =>
    justification === null
      ? [fieldProblem(`/exclusions/${index}/justification`, 'scope.justification_missing')]
      : [],
  )

type Content = Pick<ScopeStatement, 'entityIds' | 'serviceIds' | 'effectiveFrom'>

/** What is wrong with a statement by itself and among those before it; `operators` are the entities by service. */
export function statementProblems(
  one: Content & { number: number },
  series: readonly Pick<ScopeStatement, 'number' | 'effectiveFrom' | 'approval' | 'withdrawn'>[],
  operators: ReadonlyMap<Id, Id>,
): FieldProblem[] {
  const before: Day | undefined = series
    .filter((each) => each.number < one.number && each.approval !== null && each.withdrawn === null)
    .map((each) => each.effectiveFrom)
    .sort()
    .at(-1)
  return [
    ...twice('/entityIds', one.entityIds),
    ...twice('/serviceIds', one.serviceIds),
    ...one.serviceIds.flatMap((id, index) => {
      const operator = operators.get(id)
      return operator !== undefined && !one.entityIds.includes(operator)
        ? [fieldProblem(`/serviceIds/${index}`, 'scope.service_elsewhere')]
        : []
    }),
    ...(before !== undefined && one.effectiveFrom < before
      ? [fieldProblem('/effectiveFrom', 'scope.effective_before', { from: before })]
      : []),
  ]
}
