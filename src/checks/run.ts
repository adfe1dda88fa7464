import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { plainText } from '../kernel/text.ts'

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
})

export type Run = RecordOf<typeof run>
