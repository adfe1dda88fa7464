import type { Id } from '../kernel/id.ts'
import type { Caller } from './runtime.ts'

/** Assay itself as an actor of an organisation: founds it, imports it, opens its doors, keeps it tidy. */
export const systemCaller = (organisationId: Id): Caller => ({
  actor: { kind: 'system', id: null, name: 'Assay', organisationId, grants: [], scopes: null },
  language: 'en',
})
