import type { Category, CountMode, Edition, Requirement } from './edition.ts'

export type CountOptions = { mode: CountMode; categories?: readonly string[] }

/** Why an asked category adds nothing; `document` names where its criteria are, when they are elsewhere. */
export type Uncounted = {
  category: string
  reason: 'unknown-category' | 'criteria-elsewhere' | 'no-criteria' | 'mode-has-no-categories'
  document?: string
}

/** `parts` explains the total: by category for criteria, else by the group above (theme, goal, principal). */
export type Count = {
  editionKey: string
  mode: CountMode
  count: number
  parts: readonly { key: string; count: number }[]
  uncounted: readonly Uncounted[]
}

type Tree = { byId: ReadonlyMap<string, Requirement>; top: (node: Requirement) => Requirement[] }

function treeOf(edition: Edition): Tree {
  const byId = new Map(edition.requirements.map((node) => [node.id, node]))
  const top = (node: Requirement) => {
    const chain: Requirement[] = []
    for (let step: Requirement | undefined = node; step !== undefined; step = byId.get(step.parent ?? '')) {
      chain.push(step)
    }
    return chain
  }
  return { byId, top }
}

type Selector = (node: Requirement, tree: Tree) => boolean

const isCore: Selector = (node, tree) => !tree.top(node).some((step) => step.kind === 'appendix')
const isKind =
  (...kinds: Requirement['kind'][]): Selector =>
  (node) =>
    kinds.includes(node.kind)
const isPciRequirement: Selector = (node) => node.kind === 'requirement'

const selectors: Record<Exclude<CountMode, `criteria${string}` | `${string}testing-procedures`>, Selector> = {
  controls: isKind('control'),
  domains: isKind('domain'),
  objectives: isKind('objective'),
  themes: isKind('theme'),
  'clause-requirements': (node) => ['clause', 'subclause'].includes(node.kind) && node.requirement === true,
  goals: isKind('goal'),
  'principal-requirements': isKind('principal'),
  requirements: isPciRequirement,
  'core-requirements': (node, tree) => isPciRequirement(node, tree) && isCore(node, tree),
  sections: isKind('section'),
  'core-sections': (node, tree) => node.kind === 'section' && isCore(node, tree),
  'service-provider-requirements': (node) =>
    node.kind === 'requirement' && node.appliesTo === 'service-provider',
  'multi-tenant-requirements': (node) =>
    node.kind === 'requirement' && node.appliesTo === 'multi-tenant-service-provider',
  'future-dated-requirements': (node) => node.kind === 'requirement' && node.futureDated !== undefined,
}

/** Kinds that readers name when they split a total, for example the themes of Annex A or the 12 principals. */
const groupKinds: readonly Requirement['kind'][] = [
  'theme',
  'domain',
  'clause',
  'principal',
  'appendix',
  'goal',
]

function groupOf(node: Requirement, tree: Tree): string {
  const above = tree.top(node).slice(1)
  return (above.find((step) => groupKinds.includes(step.kind)) ?? above[0] ?? node).id
}

function tally(groups: readonly string[]): { key: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1)
  return [...counts].map(([key, count]) => ({ key, count }))
}

function whyNothing(category: Category): Uncounted {
  const elsewhere = category.criteriaElsewhere
  if (elsewhere === undefined) return { category: category.key, reason: 'no-criteria' }
  return { category: category.key, reason: 'criteria-elsewhere', document: elsewhere.document }
}

/**
 * Criteria of the asked categories. Per principle, the common criteria count again under each principle (the way
 * reports to the 2014 edition were summed); otherwise each criterion counts once.
 */
function countCriteria(edition: Edition, options: CountOptions): Count {
  const known = new Map(edition.framework.categories.map((category) => [category.key, category]))
  const criteria = edition.requirements.filter((node) => node.kind === 'criterion')
  // In the edition's own order, so that shared criteria fall to the same part whatever order was asked.
  const wished = new Set(options.categories ?? known.keys())
  const asked = [...known.keys()].filter((key) => wished.has(key))
  const uncounted: Uncounted[] = [...wished]
    .filter((key) => !known.has(key))
    .map((category) => ({ category, reason: 'unknown-category' }))
  const parts: { key: string; count: number }[] = []
  const counted = new Set<string>()
  for (const key of asked) {
    const category = known.get(key)
    if (category === undefined) continue
    if (!criteria.some((node) => node.category === key)) {
      uncounted.push(whyNothing(category))
      continue
    }
    const wanted = new Set([key, ...category.includes])
    const own = criteria.filter((node) => node.category !== undefined && wanted.has(node.category))
    const fresh = own.filter((node) => !counted.has(node.id))
    for (const node of own) counted.add(node.id)
    parts.push({ key, count: options.mode === 'criteria-per-principle' ? own.length : fresh.length })
  }
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  return { editionKey: edition.key, mode: options.mode, count, parts, uncounted }
}

function countProcedures(edition: Edition, tree: Tree, core: boolean): string[] {
  const groups: string[] = []
  for (const procedure of edition.testingProcedures) {
    const node = tree.byId.get(procedure.requirement)
    if (node !== undefined && (!core || isCore(node, tree))) groups.push(groupOf(node, tree))
  }
  return groups
}

/**
 * Counts an edition's nodes. Throws RangeError for a mode that the edition does not declare in `countModes`, so
 * that a meaningless zero can never be published.
 */
export function countRequirements(edition: Edition, options: CountOptions): Count {
  const { mode } = options
  if (!edition.framework.countModes.includes(mode)) {
    throw new RangeError(`${edition.key} cannot be counted by ${mode}`)
  }
  if (mode === 'criteria' || mode === 'criteria-per-principle') return countCriteria(edition, options)
  const tree = treeOf(edition)
  const groups =
    mode === 'testing-procedures' || mode === 'core-testing-procedures'
      ? countProcedures(edition, tree, mode === 'core-testing-procedures')
      : edition.requirements.filter((node) => selectors[mode](node, tree)).map((node) => groupOf(node, tree))
  const uncounted = [...new Set(options.categories ?? [])].map(
    (category): Uncounted => ({ category, reason: 'mode-has-no-categories' }),
  )
  return { editionKey: edition.key, mode, count: groups.length, parts: tally(groups), uncounted }
}
