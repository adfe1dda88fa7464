import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

const keptByManagers = (noun: string): AccessTable => ({
  noun,
  actions: {
    read: everyone,
    create: ['owner', 'manager'],
    update: ['owner', 'manager'],
    import: ['owner', 'manager'],
  },
})

export const partyAccess = keptByManagers('interested-party')
export const issueAccess = keptByManagers('context-issue')
export const obligationAccess = keptByManagers('obligation')

export const ismsRoleAccess: AccessTable = {
  noun: 'isms-role',
  actions: { read: everyone, create: ['owner', 'manager'], update: ['owner', 'manager'] },
}

export const scopeStatementAccess: AccessTable = {
  noun: 'scope-statement',
  actions: {
    read: everyone,
    draft: ['owner', 'manager'],
    approve: ['owner', 'manager'],
    withdraw: ['owner', 'manager'],
  },
}
