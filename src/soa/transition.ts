import type { LocalText } from '../kernel/language.ts'
import type { SoaRow } from './soa-version.ts'

export const originKinds = ['merged', 'one-to-one', 'split', 'new'] as const
export type OriginKind = (typeof originKinds)[number]

/** A control of the later edition with what it came from and what that was decided to be. */
export type Step = {
  reference: string
  origin: OriginKind
  sources: readonly SoaRow[]
  /** Other controls into which a source was split. */
  alsoIn: readonly string[]
  /**
   * What follows from the sources: `include` when any of them applied, `exclude` when none did, `decide` when there were
   * none, when the sources disagree, or when a split leaves open which part was meant by an exclusion.
   */
  proposal: 'include' | 'exclude' | 'decide'
  why: 'new' | 'all-applied' | 'none-applied' | 'sources-differ' | 'split-exclusion'
  /** The justifications of the sources' exclusions, to be carried over word for word. */
  justifications: readonly LocalText[]
}

export type Pair = { from: string; to: readonly string[] }

function judged(sources: readonly SoaRow[], split: boolean): Pick<Step, 'proposal' | 'why'> {
  if (sources.length === 0) return { proposal: 'decide', why: 'new' }
  if (sources.every((row) => row.applicable)) return { proposal: 'include', why: 'all-applied' }
  if (sources.some((row) => row.applicable)) return { proposal: 'decide', why: 'sources-differ' }
  return split ? { proposal: 'decide', why: 'split-exclusion' } : { proposal: 'exclude', why: 'none-applied' }
}

/**
 * How the decisions of one edition become those of the next by the shipped map (ISO/IEC 27002:2022 Annex B). Nothing is
 * decided here: a person looks at each proposal.
 */
export function transitionSteps(
  targets: readonly string[],
  pairs: readonly Pair[],
  before: readonly SoaRow[],
): Step[] {
  const rows = new Map(before.map((row) => [row.reference, row]))
  return targets.map((reference) => {
    const leading = pairs.filter((pair) => pair.to.includes(reference))
    const froms = leading.map((pair) => pair.from)
    const alsoIn = leading.flatMap((pair) => pair.to).filter((to) => to !== reference)
    const sources = froms.flatMap((from) => rows.get(from) ?? [])
    const split = alsoIn.length > 0
    const origin: OriginKind =
      froms.length === 0 ? 'new' : froms.length > 1 ? 'merged' : split ? 'split' : 'one-to-one'
    const justifications = sources.flatMap((row) =>
      row.applicable || row.justification === null ? [] : [row.justification],
    )
    return { reference, origin, sources, alsoIn, ...judged(sources, split), justifications }
  })
}

/** Controls of the earlier edition that nothing of the later one takes up. */
export const leftBehind = (pairs: readonly Pair[], before: readonly SoaRow[]): SoaRow[] => {
  const taken = new Set(pairs.filter((pair) => pair.to.length > 0).map((pair) => pair.from))
  return before.filter((row) => row.edition !== null && !taken.has(row.reference))
}
