import type { AccessTable } from '../access/permission.ts'

export const assetAccess: AccessTable = {
  noun: 'asset',
  actions: {
    read: ['owner', 'manager', 'contributor', 'auditor', 'reader'],
    create: ['owner', 'manager', 'contributor'],
    update: ['owner', 'manager', 'contributor'],
    import: ['owner', 'manager'],
  },
}

/** The scale decides what every asset is worth: a manager's matter. */
export const assetScaleAccess: AccessTable = {
  noun: 'asset-scale',
  actions: {
    read: ['owner', 'manager', 'contributor', 'auditor', 'reader'],
    update: ['owner', 'manager'],
  },
}
