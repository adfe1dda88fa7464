import type { Id } from './id.ts'

export const roles = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

export type Role = (typeof roles)[number]

/**
 * A role given to an actor: for one entity and all below it, for the whole organisation (`entityId` null),
 * or, for an external auditor, for one engagement (`certificateId`) and nothing else.
 */
export type ActorGrant = { role: Role; entityId: Id | null; certificateId: Id | null }

/** Who acts. A key acts under its own name, never as the person who made it; `system` is Assay itself. */
export type Actor = {
  kind: 'person' | 'key' | 'visitor' | 'system'
  id: Id | null
  name: string
  organisationId: Id
  grants: readonly ActorGrant[]
  /** Set for API keys: the permissions (`noun.action` or `noun.*`) to which the key is limited. */
  scopes: readonly string[] | null
}
