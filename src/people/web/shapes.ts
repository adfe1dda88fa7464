import type { ApiKey } from '../api-key.ts'
import type { Person } from '../person.ts'
import type { RoleGrant } from '../role-grant.ts'

/** A person as the API shows them. */
export type ShownPerson = Omit<Person, 'accountId'> & { grants: RoleGrant[]; abilities: string[] }

export type Invitation = { person: { id: string }; invitation: { token: string; expiresAt: string } }

export type Reset = { person: { id: string }; reset: { token: string; expiresAt: string } }

export type ShownKey = Omit<ApiKey, 'digest'> & { usedAt: string | null; works: boolean }
