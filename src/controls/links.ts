import type { Edition } from '../frameworks/edition.ts'
import { type Library, linksAt } from '../frameworks/library.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { Control } from './control.ts'

type Other = Pick<
  Control,
  'id' | 'code' | 'libraryId' | 'libraryVersion' | 'controlLinks' | 'requirementLinks'
>
type Others = readonly Other[] | ReadonlyMap<Id, Other>
/** What links are judged against: the shipped editions and the common library. */
export type Shipped = { editions: ReadonlyMap<string, Edition>; library: Library }

const seenBefore = <T>(items: readonly T[], keyOf: (item: T) => string, index: number): boolean =>
  items.slice(0, index).some((item) => keyOf(item) === keyOf(items[index] as T))

function requirementProblems(one: Control, editions: ReadonlyMap<string, Edition>): FieldProblem[] {
  const keyOf = (link: { edition: string; requirement: string }) => `${link.edition} ${link.requirement}`
  const known = (edition: string, id: string) =>
    editions.get(edition)?.requirements.some((node) => node.id === id) ?? false
  return one.requirementLinks.flatMap((link, index) => [
    ...(known(link.edition, link.requirement)
      ? []
      : [
          fieldProblem(`/requirementLinks/${index}`, 'control.requirement_unknown', {
            edition: link.edition,
            requirement: link.requirement,
          }),
        ]),
    ...(seenBefore(one.requirementLinks, keyOf, index)
      ? [fieldProblem(`/requirementLinks/${index}`, 'control.link_twice')]
      : []),
  ])
}

/** The way by which a control comes back to itself through others, as codes; null when it does not. */
function circleThrough(one: Control, first: Id, others: ReadonlyMap<Id, Other>): string[] | null {
  // From where each was first reached. Not by recursion: a file may hold a chain longer than the stack.
  const from = new Map<Id, Id | null>([[first, null]])
  const open = [first]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { controlId } of others.get(at)?.controlLinks ?? []) {
      if (controlId === one.id) return wayTo(at, from).map((id) => others.get(id)?.code ?? id)
      if (from.has(controlId)) continue
      from.set(controlId, at)
      open.push(controlId)
    }
  }
  return null
}

function wayTo(end: Id, from: ReadonlyMap<Id, Id | null>): Id[] {
  const way: Id[] = []
  for (let at: Id | null = end; at !== null; at = from.get(at) ?? null) way.push(at)
  return way.reverse()
}

function controlLinkProblems(one: Control, others: ReadonlyMap<Id, Other>): FieldProblem[] {
  return one.controlLinks.flatMap((link, index) => {
    const at = `/controlLinks/${index}/controlId`
    if (link.controlId === one.id) return [fieldProblem(at, 'control.itself')]
    if (!others.has(link.controlId)) return [fieldProblem(at, 'record.reference_unknown')]
    if (seenBefore(one.controlLinks, (each) => each.controlId, index))
      return [fieldProblem(at, 'control.link_twice')]
    const through = circleThrough(one, link.controlId, others)
    return through ? [fieldProblem(at, 'control.circle', { through: through.join(' → ') })] : []
  })
}

/** Whether a control has a part in a requirement, by its own links or by those of the library that it came from. */
function isLinked(one: Other, edition: string, requirement: string, library: Library): boolean {
  const own = one.requirementLinks.some(
    (link) => link.edition === edition && link.requirement === requirement,
  )
  const shipped = linksAt(library, one.libraryVersion).get(edition)?.links ?? []
  return (
    own || shipped.some((link) => link.control === one.libraryId && link.requirements.includes(requirement))
  )
}

/** A group covers jointly only what each of the named controls has a part in by itself. */
function togetherProblems(one: Control, others: ReadonlyMap<Id, Other>, library: Library): FieldProblem[] {
  return one.together.flatMap((group, index) => {
    const linked = (id: Id) => {
      const named = id === one.id ? one : others.get(id)
      return named !== undefined && isLinked(named, group.edition, group.requirement, library)
    }
    return group.controlIds.includes(one.id) && group.controlIds.every(linked)
      ? []
      : [fieldProblem(`/together/${index}/controlIds`, 'control.together_without_link')]
  })
}

/** What is wrong with a control's links among the other controls and what is shipped. */
export function linkProblems(one: Control, others: Others, shipped: Shipped): FieldProblem[] {
  const byId = 'get' in others ? others : new Map(others.map((other) => [other.id, other]))
  return [
    ...requirementProblems(one, shipped.editions),
    ...controlLinkProblems(one, byId),
    ...togetherProblems(one, byId, shipped.library),
  ]
}
