import type { AccessTable } from '../access/permission.ts'

export const assetAccess: AccessTable = {
  noun: 'asset',
  actions: {
    read: ['owner', 'manager', 'contributor', 'auditor', 'reader'],
    create: ['owner', 'manager', 'contributor'],
    update: ['owner', 'manager', 'contributor'],
  },
}
