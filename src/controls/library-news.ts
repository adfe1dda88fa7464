import { type Library, linksAt, type Relationship } from '../frameworks/library.ts'
import type { Control } from './control.ts'

/** A requirement whose link to a control a newer version of the library changes; null where there is none. */
export type LinkChange = {
  edition: string
  requirement: string
  before: Relationship | null
  after: Relationship | null
  /** The same relationship for another reason, or in other groups. */
  words: boolean
}

type Said = { relationship: Relationship | null; words: string }

/** What a version of the library says of one control, by edition and requirement. */
function saidBy(library: Library, version: string | null, id: string): Map<string, Said> {
  const said = new Map<string, Said>()
  for (const { target, links, together } of linksAt(library, version).values()) {
    for (const { control, requirements, relationship, rationale, why } of links)
      if (control === id)
        for (const requirement of requirements)
          said.set(`${target} ${requirement}`, { relationship, words: JSON.stringify([rationale, why]) })
    for (const { requirement, controls, why } of together)
      if (controls.includes(id)) {
        const key = `${target} ${requirement}`
        const known = said.get(key) ?? { relationship: null, words: '' }
        said.set(key, { ...known, words: `${known.words} ${JSON.stringify([controls, why])}` })
      }
  }
  return said
}

/** What taking the shipped version over would change in the links of an adopted control, in the order of the editions. */
export function libraryNews(one: Control, library: Library): LinkChange[] {
  if (one.libraryId === null || one.libraryVersion === library.version) return []
  const before = saidBy(library, one.libraryVersion, one.libraryId)
  const after = saidBy(library, library.version, one.libraryId)
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key): LinkChange[] => {
    const [was, is] = [before.get(key), after.get(key)]
    const at = key.indexOf(' ')
    const relationships = { before: was?.relationship ?? null, after: is?.relationship ?? null }
    const words = relationships.before === relationships.after && was?.words !== is?.words
    if (relationships.before === relationships.after && !words) return []
    return [{ edition: key.slice(0, at), requirement: key.slice(at + 1), ...relationships, words }]
  })
}
