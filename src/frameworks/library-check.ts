import type { Problem } from './check.ts'
import type { Edition, Requirement } from './edition.ts'
import { isFull, type LibraryFile, type Link, type Links } from './library.ts'

const repeated = (ids: readonly string[]) => [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))]

/** Faults of the controls among themselves that a schema cannot see. Empty is sound. */
export function checkLibrary({ domains, controls }: LibraryFile): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, message: string) => problems.push({ path, message })
  for (const id of repeated(domains.map((one) => one.id))) add(`domains: ${id}`, 'id is used twice')
  for (const id of repeated(controls.map((one) => one.id))) add(`controls: ${id}`, 'id is used twice')
  const known = new Set(domains.map((one) => one.id))
  const used = new Set(controls.map((one) => one.domain))
  for (const { id, domain } of controls) {
    if (!known.has(domain)) add(`controls: ${id}`, `domain ${domain} is not declared`)
  }
  for (const id of known) if (!used.has(id)) add(`domains: ${id}`, 'has no control')
  return problems
}

/** What a link may name: where an assessor concludes, or a section that stands for all below it. */
export const isLinkable = (node: Requirement): boolean => node.requirement === true || node.kind === 'section'

/**
 * The sections above a node, nearest first. A requirement above another is no section: PCI DSS numbers 11.3.1.2 below
 * 11.3.1, and yet it asks for something of its own.
 */
export function sectionsAbove(edition: Edition): (id: string) => string[] {
  const nodes = new Map(edition.requirements.map((node) => [node.id, node]))
  return (id) => {
    const above: string[] = []
    for (let at = nodes.get(nodes.get(id)?.parent ?? ''); at; at = nodes.get(at.parent ?? '')) {
      if (at.kind === 'section') above.push(at.id)
    }
    return above
  }
}

type Place = { at: number; link: Link }

function checkPairs(file: Links, edition: Edition, add: (path: string, message: string) => void): void {
  const sections = sectionsAbove(edition)
  const places = new Map<string, Place>()
  file.links.forEach((link, at) => {
    for (const id of link.requirements) {
      const pair = `${link.control} ${id}`
      if (places.has(pair)) add(`links[${at}]`, `${link.control} is linked to ${id} twice`)
      places.set(pair, { at, link })
    }
  })
  for (const [pair, { at, link }] of places) {
    const id = pair.slice(link.control.length + 1)
    for (const above of sections(id)) {
      const wider = places.get(`${link.control} ${above}`)
      if (wider && isFull(wider.link.relationship))
        add(`links[${at}]`, `${link.control} is linked to ${id}, which its full link to ${above} covers`)
    }
  }
}

function checkTogether(file: Links, add: (path: string, message: string) => void): void {
  const relationOf = new Map(
    file.links.flatMap((link) => link.requirements.map((id) => [`${link.control} ${id}`, link.relationship])),
  )
  const groups = new Set<string>()
  file.together.forEach(({ requirement, controls }, at) => {
    const path = `together[${at}]`
    for (const id of repeated(controls)) add(path, `${id} is named twice for ${requirement}`)
    const group = `${requirement} ${[...controls].sort().join(' ')}`
    if (groups.has(group)) add(path, `the same controls are grouped for ${requirement} twice`)
    groups.add(group)
    for (const control of new Set(controls)) {
      const relation = relationOf.get(`${control} ${requirement}`)
      if (relation === undefined) add(path, `${control} has no link to ${requirement}`)
      else if (isFull(relation)) add(path, `${control} covers ${requirement} alone, so a group says nothing`)
    }
  })
}

/** Faults of a file of links against the controls and the edition that it joins. Empty is sound. */
export function checkLinks(file: Links, library: LibraryFile, edition: Edition): Problem[] {
  const problems: Problem[] = []
  const add = (path: string, message: string) => problems.push({ path, message })
  if (file.source !== library.id) add('source', `is ${file.source}, the library is ${library.id}`)
  if (file.target !== edition.key) add('target', `is ${file.target}, the file is named ${edition.key}`)
  const controls = new Set(library.controls.map((one) => one.id))
  const nodes = new Map(edition.requirements.map((node) => [node.id, node]))
  const known = (path: string, id: string) => {
    const node = nodes.get(id)
    if (node === undefined) add(path, `${id} does not exist in ${edition.key}`)
    else if (!isLinkable(node)) add(path, `${id} is a heading of ${edition.key}: link what is below it`)
  }
  file.links.forEach((link, at) => {
    if (!controls.has(link.control)) add(`links[${at}]`, `control ${link.control} does not exist`)
    for (const id of link.requirements) known(`links[${at}]`, id)
  })
  file.together.forEach((group, at) => {
    known(`together[${at}]`, group.requirement)
    for (const id of group.controls) {
      if (!controls.has(id)) add(`together[${at}]`, `control ${id} does not exist`)
    }
  })
  checkPairs(file, edition, add)
  checkTogether(file, add)
  return problems
}
