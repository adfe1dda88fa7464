import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const
const working = ['owner', 'manager', 'contributor'] as const
const managing = ['owner', 'manager'] as const

/** What is asked concerns the whole organisation; of whom it is asked, the entity of the evidence. */
export const checkAccess: AccessTable = {
  noun: 'check',
  actions: {
    read: everyone,
    adopt: managing,
    create: managing,
    update: managing,
    end: managing,
    run: working,
  },
}

/** A collector needs this and nothing else: it brings what it saw and reads nothing. */
export const collectionAccess: AccessTable = { noun: 'collection', actions: { push: working } }
