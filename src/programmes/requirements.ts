import type { Edition, Requirement } from '../frameworks/edition.ts'
import type { Day } from '../kernel/day.ts'
import type { Programme } from './programme.ts'

type Chosen = Pick<Programme, 'categories' | 'audiences'>

/** The categories that count: those asked for, and those that each of them includes. Empty asks for all. */
function wantedCategories(edition: Edition, asked: readonly string[]): ReadonlySet<string> {
  const all = edition.framework.categories
  const chosen = asked.length === 0 ? all : all.filter((category) => asked.includes(category.key))
  return new Set(chosen.flatMap((category) => [category.key, ...category.includes]))
}

const binds = (node: Requirement, audiences: readonly string[]): boolean =>
  node.appliesTo === undefined || node.appliesTo === 'all' || audiences.includes(node.appliesTo)

/** A requirement dated into the future is best practice until its day; a superseded one ends with its own. */
export const isInForceOn = (node: Requirement, day: Day): boolean =>
  (node.futureDated === undefined || node.futureDated <= day) &&
  (node.supersededOn === undefined || day < node.supersededOn)

/**
 * What an assessor concludes on in a programme on a day: the edition's requirements of the chosen categories and
 * audiences that are in force. Whether each applies is decided apart, with a justification.
 */
export function requirementsOf(edition: Edition, chosen: Chosen, day: Day): Requirement[] {
  const categories = wantedCategories(edition, chosen.categories)
  return edition.requirements.filter(
    (node) =>
      node.requirement === true &&
      (node.category === undefined || categories.has(node.category)) &&
      binds(node, chosen.audiences) &&
      isInForceOn(node, day),
  )
}
