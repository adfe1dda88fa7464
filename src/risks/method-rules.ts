import type { Day } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { type DraftState, draftStateOn } from '../people/approval.ts'
import type { Band, RiskMethod } from './method.ts'

type Criteria = Pick<RiskMethod, 'likelihood' | 'consequence' | 'areas' | 'bands' | 'matrix'>

function shapeProblems({ likelihood, consequence, areas, matrix }: Criteria): FieldProblem[] {
  const rows =
    matrix.length === likelihood.length
      ? []
      : [fieldProblem('/matrix', 'risk_method.rows', { levels: likelihood.length, found: matrix.length })]
  return [
    ...rows,
    ...matrix.flatMap((row, at) =>
      row.length === consequence.length
        ? []
        : [
            fieldProblem(`/matrix/${at}`, 'risk_method.columns', {
              levels: consequence.length,
              found: row.length,
            }),
          ],
    ),
    ...areas.flatMap((area, at) =>
      area.anchors.length === consequence.length
        ? []
        : [
            fieldProblem(`/areas/${at}/anchors`, 'risk_method.anchors', {
              levels: consequence.length,
              found: area.anchors.length,
            }),
          ],
    ),
  ]
}

/** A likelier or graver risk never falls into a lower band: else the ranking would contradict itself. */
const fallingProblems = ({ matrix }: Criteria): FieldProblem[] =>
  matrix.flatMap((row, at) =>
    row.flatMap((band, column) => {
      const before = row[column - 1] ?? band
      const below = matrix[at - 1]?.[column] ?? band
      return band < before || band < below
        ? [fieldProblem(`/matrix/${at}/${column}`, 'risk_method.falls')]
        : []
    }),
  )

function bandProblems({ bands, matrix }: Criteria): FieldProblem[] {
  const keys = bands.map((band) => band.key)
  return [
    ...keys.flatMap((key, at) =>
      keys.indexOf(key) < at ? [fieldProblem(`/bands/${at}/key`, 'risk_method.band_twice', { key })] : [],
    ),
    ...bands.flatMap((band, at) =>
      band.acceptable && bands.slice(0, at).some((lower) => !lower.acceptable)
        ? [fieldProblem(`/bands/${at}/acceptable`, 'risk_method.acceptable_above')]
        : [],
    ),
    ...matrix.flatMap((row, at) =>
      row.flatMap((band, column) =>
        band < bands.length ? [] : [fieldProblem(`/matrix/${at}/${column}`, 'risk_method.no_such_band')],
      ),
    ),
  ]
}

/** What is wrong with a method by itself. */
export const methodProblems = (one: Criteria): FieldProblem[] => [
  ...shapeProblems(one),
  ...bandProblems(one),
  ...fallingProblems(one),
]

/** Bands into which no cell of the matrix leads: allowed, and said to whoever reads or approves the method. */
export const unreachableBands = ({ bands, matrix }: Pick<Criteria, 'bands' | 'matrix'>): Band[] =>
  bands.filter((_, index) => !matrix.some((row) => row.includes(index)))

/** Whether levels of two versions mean the same: as many of them, each with the same anchor. */
export const haveSameScales = (one: RiskMethod, other: RiskMethod): boolean =>
  (['likelihood', 'consequence'] as const).every(
    (axis) =>
      one[axis].length === other[axis].length &&
      one[axis].every(({ anchor }, at) => {
        const twin = other[axis][at]?.anchor
        return anchor.en === twin?.en && anchor.ja === twin?.ja
      }),
  )

const takesEffectBy = (day: Day) => (one: RiskMethod) => one.effectiveFrom <= day

/** State of a version on a day: an approved one holds until a later one is approved and has taken effect. */
export const methodStateOn = (one: RiskMethod, all: readonly RiskMethod[], day: Day): DraftState =>
  draftStateOn(one, all.filter(takesEffectBy(day)), day)

/** The version by which risks are judged on a day; null before any was approved. */
export function methodInForce(all: readonly RiskMethod[], day: Day): RiskMethod | null {
  const effective = all.filter(takesEffectBy(day))
  return effective.find((one) => draftStateOn(one, effective, day) === 'approved') ?? null
}
