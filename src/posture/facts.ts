import type { Day } from '../kernel/day.ts'
import type { Interval } from '../kernel/interval.ts'
import type { Entity as OrganisationEntity } from '../organisation/entity.ts'
import type { Service as OrganisationService } from '../organisation/service.ts'
import type { Relationship } from './relationship.ts'

/** The kinds of facts. Every day in them is the day a fact is about, never the day it was typed in. */
export type FactOf = {
  entities: Entity
  services: Service
  requirements: Requirement
  programmes: Programme
  decisions: Decision
  links: Link
  together: Together
  implementations: Implementation
  occurrences: Occurrence
  evidence: Evidence
  checks: Check
  resources: Resource
  results: Result
}
export type Kind = keyof FactOf

/** What a posture is computed from; each kind is read once, in any order. */
export type Facts = { [K in Kind]: Iterable<FactOf[K]> }

/** One fact as it was and as it is: null before means new, null after means withdrawn. */
export type Change<K extends Kind = Kind> = {
  [One in K]: { kind: One; before: FactOf[One] | null; after: FactOf[One] | null }
}[K]

/** Where a requirement is answered: a service, with the entity that operates it, or an entity as such. */
export type Unit = { entityId: string; serviceId: string | null }

export type Entity = Pick<OrganisationEntity, 'id' | 'parentId' | 'kind'>
export type Service = Pick<OrganisationService, 'id' | 'entityId'>

/** A node of an edition: a section, or, where an assessor reaches a conclusion on the node itself, `assessable`. */
export type Requirement = { edition: string; id: string; parent: string | null; assessable: boolean }

export type RequirementNode = { edition: string; requirement: string }
export type Node = { control: string } | RequirementNode

/** `source <relationship> target`: "control superset requirement" says that the control covers all of it, and more. */
export type Link = Interval & { id: string; source: Node; relationship: Relationship; target: Node }

/** Partial links that jointly cover one requirement, by the judgement of a person. */
export type Together = Interval & { id: string; controls: readonly string[]; requirement: RequirementNode }

/** A programme and its scope. `requirements: null` takes every assessable node of the edition. */
export type Programme = {
  id: string
  editions: readonly (Interval & { edition: string; requirements: readonly string[] | null })[]
  entities: readonly (Interval & { entityId: string })[]
  services: readonly (Interval & { serviceId: string })[]
  /** Days of audits and ends of cycles, in any order. */
  audits: readonly Day[]
}

/** A requirement, and all below it, does not apply: at one unit, or at all of the programme when `unit` is null. */
export type Decision = Interval &
  RequirementNode & { id: string; programmeId: string; unit: Unit | null; justification: string }

export const stances = ['operating', 'planned', 'not-implemented', 'excluded'] as const
export type Stance = Interval & { stance: (typeof stances)[number]; reason: string | null }

/** A control at an entity (and all below it, unless a nearer one overrides it) or at one service. */
export type Implementation = {
  id: string
  controlId: string
  entityId: string
  serviceId: string | null
  stances: readonly Stance[]
  /** False: it holds for its own entity, and the services it operates, but not for entities below. Absent is true. */
  inheritable?: boolean
  /** How often it has to be done; null when nothing recurs. With one, only occurrences show that it works. */
  frequency: string | null
}

/** `attempts` of the same day stand in the order in which they were made. */
export type Occurrence = {
  id: string
  implementationId: string
  periodFrom: Day
  periodTo: Day
  /** The last day on which it is in time. */
  dueBy: Day
  attempts: readonly { on: Day; outcome: 'pass' | 'fail' }[]
  missedReason: string | null
}

/** An artefact as it bears on one implementation; the same artefact may appear for several. */
export type Evidence = {
  id: string
  implementationId: string
  aboutFrom: Day
  aboutTo: Day
  /** When the artefact was taken from its source; not when somebody uploaded it. */
  collectedAt: Day
  /** The last day on which it still speaks; null without end. */
  validUntil: Day | null
  toleranceDays: number
  verdict: 'accepted' | 'awaiting' | 'rejected'
  /** The day of the verdict, before which it was awaited; null when it was there from the start. */
  decidedOn: Day | null
}

export type Check = Interval & { id: string; controlId: string }

/** Something that checks look at. Its services decide which units its results speak for. */
export type Resource = Interval & {
  id: string
  entityId: string
  services: readonly (Interval & { serviceId: string })[]
}

export type Result = {
  id: string
  checkId: string
  resourceId: string
  outcome: 'pass' | 'fail' | 'error' | 'not-run'
  on: Day
  /** The instant (UTC, ISO 8601), which orders the results of one day. */
  at: string
  /** The last day on which a pass still speaks; null without end. A failure stands until a pass. */
  validUntil: Day | null
}
