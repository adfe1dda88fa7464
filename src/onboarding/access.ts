import type { AccessTable } from '../access/permission.ts'

/** Each step asks for the permission of what it adds; this is only about the way through them. */
export const onboardingAccess: AccessTable = {
  noun: 'onboarding',
  actions: { read: ['owner', 'manager'], update: ['owner', 'manager'] },
}
