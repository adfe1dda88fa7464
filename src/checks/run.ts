import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText, plainText } from '../kernel/text.ts'

export const outcomes = ['pass', 'fail', 'error', 'not-run'] as const
export type Outcome = (typeof outcomes)[number]

const resultSchema = z.strictObject({
  assetId: idSchema,
  outcome: z.enum(outcomes),
  /** What was seen, in the tool's words, cut to a readable length. */
  detail: plainText(2000).nullable(),
})

/** One evaluation of a check on what one piece of evidence says: a result for each asset in it. */
export const run = recordType('run', 'check_run', {
  checkId: idSchema,
  evidenceId: idSchema,
  /** The expression as it was evaluated, so that a later change of the check rewrites nothing. */
  expression: plainText(4000),
  /** The day that the results are about, and the instant, which orders those of one day. */
  ranOn: daySchema,
  ranAt: z.iso.datetime(),
  validUntil: daySchema,
  results: z.array(resultSchema).max(10_000),
  /** What the data speaks of that is no asset there: the first of them, as the tool calls them. */
  unresolved: z.array(lineText(300)).max(200),
  unresolvedCount: z.int().min(0),
  /** Why the data could not be read; then there are no results. */
  problem: plainText(500).nullable(),
})

export type Run = RecordOf<typeof run>
export type Result = Run['results'][number]
