import type { AccessTable } from '../access/permission.ts'

export const editionAccess: AccessTable = {
  noun: 'edition',
  actions: {
    read: ['owner', 'manager', 'contributor', 'auditor', 'reader'],
    adopt: ['owner'],
  },
}

export const overlayAccess: AccessTable = {
  noun: 'overlay',
  actions: {
    // A licence binds the organisation's own people: external auditors and readers bring their own copy.
    read: ['owner', 'manager', 'contributor'],
    attach: ['owner', 'manager'],
    remove: ['owner', 'manager'],
  },
}
