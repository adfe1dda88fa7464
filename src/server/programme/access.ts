import type { AccessTable } from '../../access/permission.ts'

export const programmeAccess: AccessTable = {
  noun: 'programme-file',
  actions: {
    read: ['owner', 'manager'],
    plan: ['owner', 'manager'],
    // Each change asks for its own permission too.
    apply: ['owner', 'manager'],
    upload: ['owner', 'manager'],
  },
}
