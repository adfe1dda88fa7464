import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

export const riskMethodAccess: AccessTable = {
  noun: 'risk-method',
  actions: {
    read: everyone,
    draft: ['owner', 'manager'],
    approve: ['owner', 'manager'],
    withdraw: ['owner', 'manager'],
  },
}

export const riskAccess: AccessTable = {
  noun: 'risk',
  actions: {
    read: everyone,
    create: ['owner', 'manager', 'contributor'],
    update: ['owner', 'manager', 'contributor'],
    assess: ['owner', 'manager', 'contributor'],
    treat: ['owner', 'manager', 'contributor'],
    act: ['owner', 'manager', 'contributor'],
    review: ['owner', 'manager', 'contributor'],
    close: ['owner', 'manager'],
    import: ['owner', 'manager'],
  },
}

/** Whoever owns a risk accepts what remains of it; the command asks for more than the role. */
export const riskAcceptanceAccess: AccessTable = {
  noun: 'risk-acceptance',
  actions: {
    read: everyone,
    accept: ['owner', 'manager', 'contributor'],
    revoke: ['owner', 'manager', 'contributor'],
  },
}
