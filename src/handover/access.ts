import type { AccessTable } from '../access/permission.ts'

/**
 * Whoever hands something over also needs the right to change that thing where it is; this alone opens nothing.
 */
export const handoverAccess: AccessTable = {
  noun: 'handover',
  actions: {
    read: ['owner', 'manager', 'contributor'],
    carry_out: ['owner', 'manager', 'contributor'],
    // Whoever may end somebody's part, who is asked for by its own name too.
    leave: ['owner', 'manager'],
  },
}
