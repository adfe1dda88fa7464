import type { AccessTable } from '../access/permission.ts'

export const programmeAccess: AccessTable = {
  noun: 'programme',
  actions: {
    // An external auditor sees the programme of the certification that their engagement is for.
    read: ['owner', 'manager', 'contributor', 'auditor', 'reader'],
    create: ['owner', 'manager'],
    update: ['owner', 'manager'],
    end: ['owner', 'manager'],
  },
}

export const applicabilityAccess: AccessTable = {
  noun: 'applicability',
  actions: {
    read: ['owner', 'manager', 'contributor', 'auditor', 'reader'],
    decide: ['owner', 'manager'],
  },
}
