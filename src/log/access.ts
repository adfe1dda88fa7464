import type { AccessTable } from '../access/permission.ts'

/** Entries say what happened anywhere in the organisation, so every action needs a role for all of it. */
export const logAccess: AccessTable = {
  noun: 'log',
  actions: {
    read: ['owner', 'manager', 'auditor', 'reader'],
    // The leaves themselves, and proofs that carry a whole statement out of the house.
    audit: ['owner', 'manager', 'auditor'],
    prove: ['owner', 'manager', 'auditor'],
    request_erasure: ['owner', 'manager'],
    erase: ['owner'],
  },
}
