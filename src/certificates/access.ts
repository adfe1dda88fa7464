import type { AccessTable } from '../access/permission.ts'

export const certificateAccess: AccessTable = {
  noun: 'certificate',
  actions: {
    read: ['owner', 'manager', 'contributor', 'auditor', 'reader'],
    register: ['owner', 'manager'],
    update: ['owner', 'manager', 'contributor'],
    renew: ['owner', 'manager'],
    record: ['owner', 'manager', 'contributor'],
    suspend: ['owner', 'manager'],
    withdraw: ['owner', 'manager'],
    import: ['owner', 'manager'],
  },
}

export const documentAccess: AccessTable = {
  noun: 'document',
  actions: {
    read: ['owner', 'manager', 'contributor', 'auditor', 'reader'],
    attach: ['owner', 'manager', 'contributor'],
    update: ['owner', 'manager'],
    withdraw: ['owner', 'manager'],
  },
}
