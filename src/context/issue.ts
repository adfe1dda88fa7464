import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { intervalShape } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { keySchema } from '../organisation/entity.ts'

export const issueOrigins = ['internal', 'external'] as const
export const issueTopics = [
  'strategy',
  'organisation',
  'people',
  'technology',
  'legal',
  'market',
  'supply',
  'political',
  'climate',
  'other',
] as const

/**
 * Something inside or outside that bears on the outcome of the management system (ISO/IEC 27001 4.1). Whether climate
 * change is relevant must be determined (Amd 1:2024): an issue of that topic says so, with reasons, also when it is not.
 */
export const issue = recordType('context-issue', 'context_issue', {
  key: keySchema,
  name: localText(200),
  origin: z.enum(issueOrigins),
  topic: z.enum(issueTopics),
  relevant: z.boolean(),
  /** What it means for information security; why not, where it is not relevant. */
  effect: localText(4000),
  /** Entities that it matters to; empty means all. */
  entityIds: z.array(idSchema).max(500),
  ownerId: idSchema.nullable(),
  reviewedOn: daySchema.nullable(),
  reviewMonths: z.int().min(1).max(60).nullable(),
  ...intervalShape,
})

export type Issue = RecordOf<typeof issue>
