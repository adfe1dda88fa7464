import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

export const organisationAccess: AccessTable = {
  noun: 'organisation',
  // Founding has no role: only Assay itself does it, at set-up or import.
  actions: {
    found: [],
    read: everyone,
    update: ['owner'],
    // The whole organisation with its log: everything that anybody may see, and more.
    export: ['owner'],
  },
}

export const entityAccess: AccessTable = {
  noun: 'entity',
  actions: { read: everyone, create: ['owner', 'manager'], update: ['owner', 'manager'] },
}

export const serviceAccess: AccessTable = {
  noun: 'service',
  actions: { read: everyone, create: ['owner', 'manager'], update: ['owner', 'manager'] },
}
