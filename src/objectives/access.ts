import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

export const objectiveAccess: AccessTable = {
  noun: 'objective',
  actions: {
    read: everyone,
    create: ['owner', 'manager'],
    update: ['owner', 'manager'],
    import: ['owner', 'manager'],
  },
}

export const readingAccess: AccessTable = {
  noun: 'reading',
  actions: { read: everyone, add: ['owner', 'manager', 'contributor'], import: ['owner', 'manager'] },
}
