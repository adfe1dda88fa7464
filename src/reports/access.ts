import type { AccessTable } from '../access/permission.ts'

/** Whoever gives papers out answers for it: the entry names them. */
export const reportPackageAccess: AccessTable = {
  noun: 'report-package',
  actions: { make: ['owner', 'manager'] },
}

/** A report says nothing that its reader could not read page by page: the queries behind it ask for that too. */
export const reportAccess: AccessTable = {
  noun: 'report',
  actions: { read: ['owner', 'manager', 'contributor', 'auditor', 'reader'] },
}
