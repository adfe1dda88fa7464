import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const
const working = ['owner', 'manager', 'contributor'] as const
const managing = ['owner', 'manager'] as const

export const evidenceAccess: AccessTable = {
  noun: 'evidence',
  actions: {
    read: everyone,
    add: working,
    import: managing,
    revise: working,
    link: working,
    review: managing,
    withdraw: working,
    hold: managing,
    retain: managing,
    dispose: ['owner'],
    // Assay itself, for files that nobody made evidence of in time.
    expire: [],
  },
}
