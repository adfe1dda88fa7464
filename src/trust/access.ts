import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

export const pageTextAccess: AccessTable = {
  noun: 'page_text',
  actions: {
    read: everyone,
    create: ['owner', 'manager', 'contributor'],
    update: ['owner', 'manager', 'contributor'],
    review: ['owner', 'manager'],
  },
}

export const publicationAccess: AccessTable = {
  noun: 'publication',
  actions: { read: everyone, publish: ['owner', 'manager'] },
}

export const reportRequestAccess: AccessTable = {
  noun: 'report_request',
  actions: {
    // Requests hold what strangers wrote about themselves: only those who decide read them.
    read: ['owner', 'manager'],
    decide: ['owner', 'manager'],
    // Done by visitors of the public page, who act with these two permissions and no other.
    create: everyone,
    redeem: everyone,
  },
}
