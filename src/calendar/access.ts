import type { AccessTable } from '../access/permission.ts'

const everyone = ['owner', 'manager', 'contributor', 'auditor', 'reader'] as const

export const dueAccess: AccessTable = { noun: 'due', actions: { read: everyone } }

export const arrangementAccess: AccessTable = {
  noun: 'arrangement',
  actions: {
    read: everyone,
    // Contributors hand on and put aside what is theirs to do; managers arrange everything where they manage.
    delegate: ['owner', 'manager', 'contributor'],
    snooze: ['owner', 'manager', 'contributor'],
    clear: ['owner', 'manager', 'contributor'],
    manage: ['owner', 'manager'],
  },
}

/** Everybody with a role has calendars of their own; what they show is decided each time that they are fetched. */
export const feedAccess: AccessTable = {
  noun: 'feed',
  actions: { read: everyone, create: everyone, revoke: everyone },
}

export const calendarRulesAccess: AccessTable = {
  noun: 'calendar_rules',
  actions: { read: everyone, update: ['owner', 'manager'] },
}

/** How one is reminded oneself. */
export const reminderAccess: AccessTable = {
  noun: 'reminder',
  actions: { read: everyone, update: everyone },
}

/** Assay's own work of a day: no role does it. */
export const digestAccess: AccessTable = { noun: 'digest', actions: { prepare: [], record: [] } }
