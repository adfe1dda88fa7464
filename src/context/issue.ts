import { z } from 'zod'
import type { Day } from '../kernel/day.ts'
import { holdsOn } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { keptShape } from './kept.ts'

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
  ...keptShape,
  origin: z.enum(issueOrigins),
  topic: z.enum(issueTopics),
  relevant: z.boolean(),
  /** What it means for information security; why not, where it is not relevant. */
  effect: localText(4000),
})

export type Issue = RecordOf<typeof issue>

/** What was determined about climate change by a day; empty where nobody had determined anything. */
export const climateOn = (issues: Iterable<Issue>, day: Day): Issue[] =>
  [...issues].filter((one) => one.topic === 'climate' && holdsOn(one, day))
