import type { Actor, Role } from '../kernel/actor.ts'
import type { Scope } from '../kernel/command.ts'
import type { Id } from '../kernel/id.ts'

/** A role, or `anyone`: every person who is signed in, whatever they were given. No key and no visitor. */
export type Holder = Role | 'anyone'

/** Who may do what with one noun: the roles of each action. Printed as a golden file, read in review. */
export type AccessTable = { noun: string; actions: Readonly<Record<string, readonly Holder[]>> }

/** The permission matrix: `noun.action` to the roles that may. */
export type Matrix = ReadonlyMap<string, ReadonlySet<Holder>>

/** Builds the matrix; a permission declared twice is a mistake that must not start. */
export function matrixOf(tables: readonly AccessTable[]): Matrix {
  const matrix = new Map<string, ReadonlySet<Holder>>()
  for (const table of tables) {
    for (const [action, roles] of Object.entries(table.actions)) {
      const permission = `${table.noun}.${action}`
      if (matrix.has(permission)) throw new Error(`permission ${permission} is declared twice`)
      matrix.set(permission, new Set(roles))
    }
  }
  return matrix
}

/** The chain of an entity and all above it, nearest first. */
export type Ancestors = (entity: Id) => readonly Id[]

/** True when an API key is limited to scopes that do not include this permission. Scopes name whole permissions: a peer that compared prefixes let `read` reach everything. */
const outsideKey = (actor: Actor, permission: string): boolean =>
  actor.scopes !== null &&
  !actor.scopes.some(
    (scope) => scope === permission || scope === `${permission.slice(0, permission.indexOf('.'))}.*`,
  )

const byBeingSomebody = (roles: ReadonlySet<Holder>, actor: Actor): boolean =>
  actor.kind === 'person' && roles.has('anyone')

/** The one evaluator. A missing permission key throws: it is a mistake in the program, found at start-up. */
export function may(
  matrix: Matrix,
  actor: Actor,
  permission: string,
  scope: Scope,
  ancestors: Ancestors,
  write: boolean,
): boolean {
  const roles = matrix.get(permission)
  if (!roles) throw new Error(`permission ${permission} is in no access table`)
  if (actor.kind === 'system') return true
  if (outsideKey(actor, permission)) return false
  if (byBeingSomebody(roles, actor)) return true
  const grants = actor.grants.filter((grant) => roles.has(grant.role))
  if (grants.some((grant) => grant.entityId === null && grant.certificateId === null)) return true
  if (scope === 'organisation') return false
  if (scope.certificateId && grants.some((grant) => grant.certificateId === scope.certificateId)) return true
  const covered = (entity: Id) => {
    const chain = ancestors(entity)
    return grants.some((grant) => grant.entityId !== null && chain.includes(grant.entityId))
  }
  if (scope.entities.length === 0) return false
  return write ? scope.entities.every(covered) : scope.entities.some(covered)
}

/** True when the permission could be had somewhere: enough to try a list that filters its own rows. */
export function mayAnywhere(matrix: Matrix, actor: Actor, permission: string): boolean {
  const roles = matrix.get(permission)
  if (!roles) throw new Error(`permission ${permission} is in no access table`)
  return byBeingSomebody(roles, actor) || isGranted(matrix, actor, permission)
}

/** True when some grant of the actor allows the permission somewhere. */
export function isGranted(matrix: Matrix, actor: Actor, permission: string): boolean {
  if (actor.kind === 'system') return true
  const roles = matrix.get(permission)
  return !outsideKey(actor, permission) && actor.grants.some((grant) => roles?.has(grant.role))
}

/** What of the organisation an actor sees under a permission; null means all of it. */
export type Visible = { entities: readonly Id[]; certificates: readonly Id[] } | null

/** The entities (with all below them) and engagements that a permission reaches for this actor. */
export function visibleTo(
  matrix: Matrix,
  actor: Actor,
  permission: string,
  descendants: (entity: Id) => readonly Id[],
): Visible {
  if (actor.kind === 'system') return null
  if (outsideKey(actor, permission)) return { entities: [], certificates: [] }
  const roles = matrix.get(permission) ?? new Set()
  const grants = actor.grants.filter((grant) => roles.has(grant.role))
  if (grants.some((grant) => grant.entityId === null && grant.certificateId === null)) return null
  return {
    entities: [...new Set(grants.flatMap((grant) => (grant.entityId ? descendants(grant.entityId) : [])))],
    certificates: grants.flatMap((grant) => (grant.certificateId ? [grant.certificateId] : [])),
  }
}
