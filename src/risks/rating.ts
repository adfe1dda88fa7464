import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Band, RiskMethod } from './method.ts'
import type { Assessment, RiskValue } from './risk.ts'

/** What a value means by one version of the method. */
export type Rating = { index: number; band: Band }

export const valueKinds = ['inherent', 'current', 'residual'] as const
export type ValueKind = (typeof valueKinds)[number]

type Scales = Pick<RiskMethod, 'likelihood' | 'consequence' | 'matrix' | 'bands'>

/** The band of a value; null for one that lies outside the scales. */
export function ratingOf(method: Scales, { likelihood, consequence }: RiskValue): Rating | null {
  const index = method.matrix[likelihood]?.[consequence]
  const band = index === undefined ? undefined : method.bands[index]
  return index === undefined || band === undefined ? null : { index, band }
}

/** Whether one value lies higher than another on either scale. */
export const exceeds = (one: RiskValue, other: RiskValue): boolean =>
  one.likelihood > other.likelihood || one.consequence > other.consequence

const outside = (method: Scales, kind: ValueKind, { likelihood, consequence }: RiskValue): FieldProblem[] => [
  ...(likelihood < method.likelihood.length
    ? []
    : [fieldProblem(`/${kind}/likelihood`, 'risk.outside_scale', { levels: method.likelihood.length })]),
  ...(consequence < method.consequence.length
    ? []
    : [fieldProblem(`/${kind}/consequence`, 'risk.outside_scale', { levels: method.consequence.length })]),
]

type Judged = Pick<Assessment, ValueKind | 'exception'>

/**
 * What is wrong with an assessment by a version of the method: values off its scales, and values that controls or
 * treatment should have lowered and that rise without a stated reason.
 */
export function ratingProblems(method: Scales, one: Judged): FieldProblem[] {
  const rises =
    exceeds(one.current, one.inherent) ||
    exceeds(one.residual, one.current) ||
    exceeds(one.residual, one.inherent)
  return [
    ...valueKinds.flatMap((kind) => outside(method, kind, one[kind])),
    ...(rises && one.exception === null ? [fieldProblem('/exception', 'risk.rises_without_reason')] : []),
  ]
}

/** Several bands as one, by the method's own rule (27005 6.4); null of none. */
export function aggregated(
  method: Pick<RiskMethod, 'aggregation'>,
  indexes: readonly number[],
): number | null {
  if (indexes.length === 0) return null
  if (method.aggregation === 'highest') return Math.max(...indexes)
  return Math.ceil(indexes.reduce((sum, index) => sum + index, 0) / indexes.length)
}
