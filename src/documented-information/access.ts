import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

export const namedDocumentAccess: AccessTable = {
  noun: 'named-document',
  actions: {
    read: everyone,
    name: ['owner', 'manager', 'contributor'],
    approve: ['owner', 'manager'],
    withdraw: ['owner', 'manager'],
  },
}
