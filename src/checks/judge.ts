import type { Id } from '../kernel/id.ts'
import { cleanLine } from './clean.ts'
import type { Item } from './collection.ts'
import type { Verdict } from './expression.ts'
import type { Result } from './run.ts'

// What one look shows of a thing that it saw in several places: a fault anywhere is a fault of the thing, and what was
// not understood anywhere is not a pass.
const weights = { pass: 0, error: 1, fail: 2 } as const

/** Something that was not seen whole can show a fault, never that there is none. */
function ofIncomplete(verdict: Verdict, { incomplete }: Item): Verdict {
  if (incomplete === null || verdict.outcome === 'fail') return verdict
  return { outcome: 'error', detail: `not all of it was seen: ${incomplete}` }
}

export type Judged = { results: Result[]; unresolved: string[]; unresolvedCount: number }

/**
 * Results per asset from verdicts per item, in the order of the items. `assetOf` gives the asset that an item is about,
 * null where none is known, and `false` for one of which this check is not asked.
 */
export function judge(
  items: readonly Item[],
  verdicts: readonly Verdict[],
  assetOf: (item: Item) => Id | null | false,
): Judged {
  const found = new Map<Id, { verdict: Verdict; said: string[] }>()
  const unresolved = new Set<string>()
  items.forEach((item, index) => {
    const assetId = assetOf(item)
    const given = verdicts[index]
    if (assetId === null) unresolved.add(item.resource)
    if (!assetId || !given) return
    const verdict = ofIncomplete(given, item)
    const before = found.get(assetId)
    const said = `${item.resource}${verdict.detail === null ? '' : `: ${verdict.detail}`}`
    if (!before || weights[verdict.outcome] > weights[before.verdict.outcome])
      found.set(assetId, { verdict, said: [said] })
    else if (verdict.outcome === before.verdict.outcome) before.said.push(said)
  })
  return {
    results: [...found].map(([assetId, { verdict, said }]) => ({
      assetId,
      outcome: verdict.outcome,
      detail: verdict.outcome === 'pass' ? null : cleanLine(said.join('; '), 1000) || null,
    })),
    unresolved: [...unresolved].slice(0, 200),
    unresolvedCount: unresolved.size,
  }
}
