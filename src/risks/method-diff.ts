import type { RiskMethod } from './method.ts'

/** One thing in which two versions differ: where it stands, and what it says in each; null is not there. */
export type MethodDifference = {
  part:
    | 'name'
    | 'description'
    | 'likelihood'
    | 'consequence'
    | 'areas'
    | 'bands'
    | 'matrix'
    | 'aggregation'
    | 'reviewMonths'
  /** Place in a list, counted from 0; for the matrix likelihood and consequence. */
  at: readonly number[]
  before: unknown
  after: unknown
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const lists = ['likelihood', 'consequence', 'areas', 'bands'] as const
const single = ['name', 'description', 'aggregation', 'reviewMonths'] as const

function inList(part: (typeof lists)[number], before: RiskMethod, after: RiskMethod): MethodDifference[] {
  const [old, now]: [readonly unknown[], readonly unknown[]] = [before[part], after[part]]
  return Array.from({ length: Math.max(old.length, now.length) }, (_, at) => at).flatMap((at) =>
    same(old[at], now[at]) ? [] : [{ part, at: [at], before: old[at] ?? null, after: now[at] ?? null }],
  )
}

/** The key of the band in a cell: bands are told apart by key, since their places may shift. */
const cellOf = ({ matrix, bands }: RiskMethod, likelihood: number, consequence: number): string | null =>
  bands[matrix[likelihood]?.[consequence] ?? -1]?.key ?? null

function inMatrix(before: RiskMethod, after: RiskMethod): MethodDifference[] {
  const rows = Math.max(before.matrix.length, after.matrix.length)
  const columns = Math.max(before.matrix[0]?.length ?? 0, after.matrix[0]?.length ?? 0)
  return Array.from({ length: rows * columns }, (_, index) => {
    const at = [Math.floor(index / columns), index % columns] as const
    return { part: 'matrix' as const, at, before: cellOf(before, ...at), after: cellOf(after, ...at) }
  }).filter((one) => one.before !== one.after)
}

/** Everything in which one version differs from another, in the order in which a method is read. */
export const methodDifferences = (before: RiskMethod, after: RiskMethod): MethodDifference[] => [
  ...single.flatMap((part) =>
    same(before[part], after[part])
      ? []
      : [{ part, at: [], before: before[part] as unknown, after: after[part] as unknown }],
  ),
  ...lists.flatMap((part) => inList(part, before, after)),
  ...inMatrix(before, after),
]
