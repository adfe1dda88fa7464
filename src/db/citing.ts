import type { Id } from '../kernel/id.ts'
import type { Context } from './context.ts'

/** Kinds of record on which later nouns rest and that may end under them. */
export type Cited = 'asset' | 'control'

/** A record that stands now and cites another one, by the name that people know it by: `R-012`. */
export type Citation = { noun: string; id: Id; name: string }

/**
 * What stands today and cites some records. An earlier noun cannot know who cites it, so each later one says what of its
 * own does, and the shell puts them together.
 */
export type CitingSource = (ctx: Context, cited: Cited, ids: readonly Id[]) => Promise<Citation[]>

/** Names in a refusal; the rest is counted. */
const mostNamed = 10

/** How a refusal names what cites: the first of them, and that there are more. */
export function namesOf(citations: readonly Citation[]): string {
  const names = citations.slice(0, mostNamed).map((one) => one.name)
  if (citations.length > mostNamed) names.push('…')
  return names.join(', ')
}
