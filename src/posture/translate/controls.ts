import type { Control } from '../../controls/control.ts'
import type { Implementation as ImplementationRecord } from '../../controls/implementation.ts'
import type { Occurrence as OccurrenceRecord } from '../../controls/occurrence.ts'
import { type Library, linksAt, type Together as SharedGroup } from '../../frameworks/library.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { Implementation, Link, Occurrence, Together } from '../facts.ts'

/** The day before something ended; a retired control leads nowhere from its last day on. */
const eve = (day: Day | null): Day | null => (day === null ? null : addDays(day, -1))

/** What the common library says of the control that this one was adopted from. */
function adoptedLinks(one: Control, library: Library, to: Day | null): Link[] {
  if (one.libraryId === null) return []
  return [...linksAt(library, one.libraryVersion).values()].flatMap(({ target, links }) =>
    links
      .filter((link) => link.control === one.libraryId)
      .flatMap((link) =>
        link.requirements.map((requirement) => ({
          id: `library:${one.id}:${target}:${requirement}`,
          source: { control: one.id },
          relationship: link.relationship,
          target: { edition: target, requirement },
          from: null,
          to,
        })),
      ),
  )
}

/** Every link that goes out from a control. Its own link to a requirement stands in the place of the library's. */
export function linkFacts(one: Control, library: Library): Link[] {
  const to = eve(one.retiredOn)
  const own = one.requirementLinks.map(
    ({ edition, requirement, relationship }): Link => ({
      id: `own:${one.id}:${edition}:${requirement}`,
      source: { control: one.id },
      relationship,
      target: { edition, requirement },
      from: null,
      to,
    }),
  )
  const judged = new Set(one.requirementLinks.map(({ edition, requirement }) => `${edition}:${requirement}`))
  const adopted = adoptedLinks(one, library, to).filter(
    ({ target }) => !('edition' in target && judged.has(`${target.edition}:${target.requirement}`)),
  )
  const others = one.controlLinks.map(
    ({ controlId, relationship }): Link => ({
      id: `control:${one.id}:${controlId}`,
      source: { control: one.id },
      relationship,
      target: { control: controlId },
      from: null,
      to,
    }),
  )
  return [...own, ...adopted, ...others]
}

type Adopted = Pick<Control, 'id' | 'libraryVersion'>

const groupId = (target: string, { requirement, controls }: SharedGroup) =>
  `library:${target}:${requirement}:${controls.join('+')}`

/**
 * The groups of the library of which every member was adopted. A group speaks of its members' links, so it holds where
 * it stands in the version that each of them has.
 */
function sharedGroups(adopted: ReadonlyMap<string, Adopted>, library: Library): Together[] {
  const versions = new Set([...adopted.values()].map((one) => one.libraryVersion))
  const idsOf = new Map(
    [...versions].map((version) => [
      version,
      new Set(
        [...linksAt(library, version).values()].flatMap(({ target, together }) =>
          together.map((group) => groupId(target, group)),
        ),
      ),
    ]),
  )
  const found = new Map<string, Together>()
  for (const version of versions)
    for (const { target, together } of linksAt(library, version).values())
      for (const group of together) {
        const id = groupId(target, group)
        const members = group.controls.flatMap((one) => adopted.get(one) ?? [])
        if (members.length < group.controls.length) continue
        if (!members.every((one) => idsOf.get(one.libraryVersion)?.has(id))) continue
        const requirement = { edition: target, requirement: group.requirement }
        found.set(id, { id, controls: members.map((one) => one.id), requirement, from: null, to: null })
      }
  return [...found.values()]
}

/** The groups of controls that cover a requirement between them: the organisation's own, and those of the library. */
export function togetherFacts(controls: readonly Control[], library: Library): Together[] {
  const adopted = new Map(
    controls.flatMap((one) =>
      one.libraryId !== null && one.retiredOn === null ? [[one.libraryId, one] as const] : [],
    ),
  )
  const shipped = sharedGroups(adopted, library)
  const own = controls.flatMap((one) =>
    one.together.map(
      (group, index): Together => ({
        id: `own:${one.id}:${index}`,
        controls: group.controlIds,
        requirement: { edition: group.edition, requirement: group.requirement },
        from: null,
        to: eve(one.retiredOn),
      }),
    ),
  )
  return [...shipped, ...own]
}

/** An implementation with its phases as stretches of days. What follows an event, or nothing, has no rhythm of its own. */
export function implementationFact(one: ImplementationRecord): Implementation {
  const stances = one.phases.flatMap(({ from, stance, reason }, index) => {
    const next = one.phases[index + 1]
    const until = next === undefined ? null : eve(next.from)
    const last = one.endedOn
    if (last !== null && from > last) return []
    const to = last !== null && (until === null || last < until) ? last : until
    return [{ from, to, stance, reason: reason === null ? null : JSON.stringify(reason) }]
  })
  const { frequency } = one
  return {
    id: one.id,
    controlId: one.controlId,
    entityId: one.entityId,
    serviceId: one.serviceId,
    inheritable: one.inheritable,
    stances,
    frequency: frequency === null || frequency.kind === 'event' ? null : frequency.kind,
  }
}

/** An occurrence; one that was taken off the plan says nothing. */
/** The fields of an occurrence on which a posture depends. */
export type OccurrenceRow = Pick<
  OccurrenceRecord,
  'id' | 'implementationId' | 'periodFrom' | 'periodTo' | 'dueBy' | 'attempts' | 'missed' | 'cancelled'
>

export const occurrenceFacts = (one: OccurrenceRow): Occurrence[] =>
  one.cancelled !== null
    ? []
    : [
        {
          id: one.id,
          implementationId: one.implementationId,
          periodFrom: one.periodFrom,
          periodTo: one.periodTo,
          dueBy: one.dueBy,
          attempts: one.attempts.map(({ on, outcome }) => ({ on, outcome })),
          missedReason: one.missed?.reason ?? null,
        },
      ]
