import { z } from 'zod'
import { type ActorGrant, type Role, roles } from '../kernel/actor.ts'
import { type Day, daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'

/** A role given to a person: over an entity and all below it, over the organisation, or for one engagement. */
export const roleGrant = recordType('grant', 'role_grant', {
  personId: idSchema,
  role: z.enum(roles),
  entityId: idSchema.nullable(),
  /** The engagement of an external auditor: the certificate or report on which they work. */
  certificateId: idSchema.nullable(),
  grantedOn: daySchema,
  endedOn: daySchema.nullable(),
})

export type RoleGrant = RecordOf<typeof roleGrant>

/** An external auditor sees the engagements granted and nothing else; nobody else is tied to one. */
export function grantProblems(one: Pick<RoleGrant, 'role' | 'entityId' | 'certificateId'>): FieldProblem[] {
  if (one.role === 'auditor') {
    return [
      ...(one.certificateId === null
        ? [fieldProblem('/certificateId', 'grant.auditor_needs_engagement')]
        : []),
      ...(one.entityId === null ? [] : [fieldProblem('/entityId', 'grant.auditor_needs_engagement')]),
    ]
  }
  return one.certificateId === null
    ? []
    : [fieldProblem('/certificateId', 'grant.engagement_is_for_auditors')]
}

export const actorGrant = ({ role, entityId, certificateId }: RoleGrant): ActorGrant => ({
  role,
  entityId,
  certificateId,
})

/** A grant holds from its first day until the day on which it ends, that day not included: it ends at once. */
export const isInForce = (one: Pick<RoleGrant, 'grantedOn' | 'endedOn'>, day: Day): boolean =>
  one.grantedOn <= day && (one.endedOn === null || day < one.endedOn)

const order: readonly Role[] = ['reader', 'auditor', 'contributor', 'manager', 'owner']

const outranks = (giver: Role, given: Role): boolean => order.indexOf(giver) >= order.indexOf(given)

/**
 * Nobody gives away, takes away or puts into a key more than they have: only an owner makes an owner. One grant must
 * have both the rank and the reach; the rank of one grant over the reach of another would be a way up.
 */
export const covers = (
  own: ActorGrant,
  other: ActorGrant,
  ancestors: (entity: Id) => readonly Id[],
): boolean =>
  outranks(own.role, other.role) &&
  (own.certificateId !== null
    ? own.certificateId === other.certificateId
    : own.entityId === null || (other.entityId !== null && ancestors(other.entityId).includes(own.entityId)))
