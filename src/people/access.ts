import type { AccessTable } from '../access/permission.ts'

export const personAccess: AccessTable = {
  noun: 'person',
  actions: {
    read: ['owner', 'manager'],
    // Everyone may know who they are and what they may do, also that it is nothing.
    self: ['owner', 'manager', 'contributor', 'auditor', 'reader', 'anyone'],
    invite: ['owner', 'manager'],
    reset: ['owner', 'manager'],
    // Who signs in by which address decides who somebody is.
    change_address: ['owner'],
    own_address: ['anyone'],
    update: ['owner', 'manager'],
    leave: ['owner', 'manager'],
    erase: ['owner'],
    // Only the doors that checked a link, set-up and programme files, as Assay itself.
    join: [],
    finish_reset: [],
    add: [],
  },
}

export const grantAccess: AccessTable = {
  noun: 'grant',
  actions: { read: ['owner', 'manager'], give: ['owner', 'manager'], end: ['owner', 'manager'] },
}

export const apiKeyAccess: AccessTable = {
  noun: 'api_key',
  actions: { read: ['owner', 'manager'], create: ['owner', 'manager'], revoke: ['owner', 'manager'] },
}
