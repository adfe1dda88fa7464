import type { AccessTable } from '../access/permission.ts'

/** A report says nothing that its reader could not read page by page: the queries behind it ask for that too. */
export const reportAccess: AccessTable = {
  noun: 'report',
  actions: { read: ['owner', 'manager', 'contributor', 'auditor', 'reader'] },
}
