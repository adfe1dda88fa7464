import type { AccessTable } from '../../access/permission.ts'

export const programmeAccess: AccessTable = {
  noun: 'programme',
  actions: {
    plan: ['owner', 'manager'],
    // Each change asks for its own permission too.
    apply: ['owner', 'manager'],
    upload: ['owner', 'manager'],
    // The whole organisation with its log: everything that anybody may see, and more.
    export: ['owner'],
    // Only Assay itself, on an installation that has no organisation yet.
    import: [],
  },
}
