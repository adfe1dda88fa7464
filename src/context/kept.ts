import { z } from 'zod'
import { formerSchema } from '../kernel/dated.ts'
import { addMonths, type Day, daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import { type Interval, intervalShape, isOrdered } from '../kernel/interval.ts'
import { localText } from '../kernel/language.ts'
import { plainText } from '../kernel/text.ts'
import { keySchema } from '../organisation/entity.ts'

const reviewSchema = z.strictObject({
  on: daySchema,
  personId: idSchema.nullable(),
  /** What was seen; null where nothing had changed. */
  note: plainText(2000).nullable(),
})

export type Review = z.output<typeof reviewSchema>

/** Reviews that one entry keeps at most. */
export const mostReviews = 200

/** What every entry of the context has: a name, whom it concerns, who keeps it true, and when it was last looked at. */
export const keptShape = {
  key: keySchema,
  name: localText(200),
  /** Entities that it matters to; empty means all. */
  entityIds: z.array(idSchema).max(500),
  ownerId: idSchema.nullable(),
  /** In the order of their days (ISO/IEC 27001 9.3.2 b and c ask what changed). */
  reviews: z.array(reviewSchema).max(mostReviews),
  reviewMonths: z.int().min(1).max(60).nullable(),
  former: formerSchema({ ownerId: idSchema.nullable(), reviewMonths: z.int().min(1).max(60).nullable() }),
  ...intervalShape,
}

export type Kept = Interval & {
  id: Id
  version: number
  key: string
  entityIds: Id[]
  ownerId: Id | null
  reviews: Review[]
  reviewMonths: number | null
  former: z.output<typeof keptShape.former>
}

export const lastReviewOn = ({ reviews }: Pick<Kept, 'reviews'>, day: Day): Review | null =>
  reviews.filter((one) => one.on <= day).at(-1) ?? null

/** The day by which it must be looked at again, as it stood on a day; null where no rhythm was set. */
export function reviewDueOn(one: Pick<Kept, 'reviews' | 'reviewMonths' | 'from'>, day: Day): Day | null {
  const since = lastReviewOn(one, day)?.on ?? one.from
  return one.reviewMonths === null || since === null ? null : addMonths(since, one.reviewMonths)
}

/** What is wrong with an entry by itself. */
export const keptProblems = (one: Kept): FieldProblem[] => [
  ...(isOrdered(one)
    ? []
    : [fieldProblem('/to', 'interval.end_before_start', { from: one.from ?? '', to: one.to ?? '' })]),
  // Without a first day nobody could say when the first review is due.
  ...(one.reviewMonths !== null && one.from === null && one.reviews.length === 0
    ? [fieldProblem('/from', 'context.review_needs_start')]
    : []),
]
