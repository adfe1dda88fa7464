import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

/** What is aimed at concerns the whole organisation; how it is done concerns the entity that does it. */
export const controlAccess: AccessTable = {
  noun: 'control',
  actions: {
    read: everyone,
    adopt: ['owner', 'manager'],
    create: ['owner', 'manager'],
    update: ['owner', 'manager'],
    review: ['owner', 'manager'],
    retire: ['owner', 'manager'],
    import: ['owner', 'manager'],
    take_library: ['owner', 'manager'],
  },
}

export const implementationAccess: AccessTable = {
  noun: 'implementation',
  actions: {
    read: everyone,
    create: ['owner', 'manager', 'contributor'],
    update: ['owner', 'manager', 'contributor'],
    end: ['owner', 'manager'],
    import: ['owner', 'manager'],
  },
}

export const occurrenceAccess: AccessTable = {
  noun: 'occurrence',
  actions: {
    read: everyone,
    plan: ['owner', 'manager'],
    perform: ['owner', 'manager', 'contributor'],
    raise: ['owner', 'manager', 'contributor'],
    explain: ['owner', 'manager', 'contributor'],
    cancel: ['owner', 'manager'],
  },
}
