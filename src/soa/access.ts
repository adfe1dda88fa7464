import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

export const soaAccess: AccessTable = {
  noun: 'soa',
  actions: {
    read: everyone,
    draft: ['owner', 'manager'],
    approve: ['owner', 'manager'],
    withdraw: ['owner', 'manager'],
  },
}
