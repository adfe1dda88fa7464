import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { stepKeys } from './step.ts'

/** What an organisation said about its own beginning. Its id is the organisation's; progress itself is not kept. */
export const onboarding = recordType('onboarding', 'onboarding', {
  /** What the first certification is to be about: proposed to every programme that is begun from here. */
  scopeEntityIds: z.array(idSchema).max(500),
  scopeServiceIds: z.array(idSchema).max(500),
  skipped: z.array(z.enum(stepKeys)).max(stepKeys.length),
  /** Since when Home does not show it any more, for anyone. */
  putAwayOn: daySchema.nullable(),
})

export type Onboarding = RecordOf<typeof onboarding>

export const nothingSaid = (organisationId: Id): Onboarding => ({
  ...{ id: organisationId, version: 0 },
  ...{ scopeEntityIds: [], scopeServiceIds: [], skipped: [], putAwayOn: null },
})
