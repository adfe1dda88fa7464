import type { Problem } from './check.ts'
import type { Edition, Requirement } from './edition.ts'
import { isFull, type Library, type Link, type Links, type Together } from './library.ts'
import { sectionsAbove } from './library-check.ts'

/** A link as seen from a requirement; `through` is the section above it that the link names, if not itself. */
export type Reach = Pick<Link, 'control' | 'relationship' | 'rationale' | 'why'> & { through: string | null }

/** `full`: one control alone; `joint`: a group of partial links; neither is ever the sum of unrelated parts. */
export const coverages = ['full', 'joint', 'partial', 'none'] as const
export type Coverage = (typeof coverages)[number]

export type Reached = { coverage: Coverage; reaches: Reach[]; together: Together[] }

/**
 * What reaches each linkable requirement of an edition. A full link to a section covers all below it; a partial one
 * says nothing about any single requirement below.
 */
export function reachOf(links: Links | undefined, edition: Edition): Map<string, Reached> {
  const byRequirement = new Map<string, Link[]>()
  for (const link of links?.links ?? []) {
    for (const id of link.requirements) byRequirement.set(id, [...(byRequirement.get(id) ?? []), link])
  }
  const sections = sectionsAbove(edition)
  const groups = Map.groupBy(links?.together ?? [], (group) => group.requirement)
  const reached = new Map<string, Reached>()
  for (const { id } of edition.requirements) {
    const reaches: Reach[] = []
    for (const at of [id, ...sections(id)]) {
      const through = at === id ? null : at
      for (const { control, relationship, rationale, why } of byRequirement.get(at) ?? []) {
        if (through === null || isFull(relationship))
          reaches.push({ control, relationship, rationale, why, through })
      }
    }
    const together = groups.get(id) ?? []
    const full = reaches.some((one) => isFull(one.relationship))
    const coverage = full ? 'full' : together.length > 0 ? 'joint' : reaches.length > 0 ? 'partial' : 'none'
    reached.set(id, { coverage, reaches, together })
  }
  return reached
}

/** How far each requirement of an edition is reached, and by how many controls; a section only where it is itself. */
export function reachSummary(
  links: Links | undefined,
  edition: Edition,
): Map<string, { coverage: Coverage; controls: number }> {
  if (links === undefined) return new Map()
  const reached = reachOf(links, edition)
  return new Map(
    edition.requirements.flatMap(({ id, requirement }) => {
      const { coverage, reaches } = reached.get(id) ?? { coverage: 'none' as const, reaches: [] }
      const shown = requirement === true || reaches.length > 0
      return shown ? [[id, { coverage, controls: new Set(reaches.map((one) => one.control)).size }]] : []
    }),
  )
}

const inAppendix = (edition: Edition, node: Requirement): boolean => {
  const parents = new Map(edition.requirements.map((one) => [one.id, one]))
  for (let at: Requirement | undefined = node; at; at = parents.get(at.parent ?? '')) {
    if (at.kind === 'appendix') return true
  }
  return false
}

const coreSection = (node: Requirement, edition: Edition): boolean =>
  node.kind === 'section' && !inAppendix(edition, node)

/** Which nodes of an edition the library promises to reach. */
const promised: Readonly<Record<string, (node: Requirement, edition: Edition) => boolean>> = {
  'iso27001-2022': (node) => node.requirement === true,
  'iso27001-2013': (node) => node.kind === 'control',
  'tsc-2017': (node) => node.kind === 'criterion',
  'pci-dss-4.0': coreSection,
  'pci-dss-4.0.1': coreSection,
}

/** What the library promises and does not keep: a file, a requirement without a control, a control without a link. */
export function checkCoverage(library: Library, editions: ReadonlyMap<string, Edition>): Problem[] {
  const problems: Problem[] = []
  for (const [key, wanted] of Object.entries(promised)) {
    const edition = editions.get(key)
    const links = library.links.get(key)
    if (edition === undefined || links === undefined) {
      problems.push({ path: `links/${key}.json`, message: 'is missing' })
      continue
    }
    const reached = new Set<string>()
    const parents = new Map(edition.requirements.map((node) => [node.id, node.parent]))
    for (const [id, { reaches }] of reachOf(links, edition)) {
      if (reaches.length === 0) continue
      for (let at: string | null | undefined = id; at; at = parents.get(at)) reached.add(at)
    }
    for (const node of edition.requirements) {
      if (wanted(node, edition) && !reached.has(node.id))
        problems.push({ path: `links/${key}.json`, message: `no control reaches ${node.id}` })
    }
  }
  const linked = new Set([...library.links.values()].flatMap((file) => file.links.map((one) => one.control)))
  for (const id of library.controls.keys()) {
    if (!linked.has(id)) problems.push({ path: 'library.json', message: `${id} is linked to nothing` })
  }
  return problems
}
