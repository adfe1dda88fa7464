import type { AccessTable } from '../access/permission.ts'

/** Posture has nothing of its own to change: it is what programmes, controls and evidence say. */
export const postureAccess: AccessTable = {
  noun: 'posture',
  actions: { read: ['owner', 'manager', 'contributor', 'auditor', 'reader'] },
}
