import { z } from 'zod'
import { plainText } from '../kernel/text.ts'

/**
 * A range that holds the true value in nine cases of ten: 5 % lie below `low`, 5 % above `high`. Events a year for the
 * frequency; money in minor units of the currency for the loss of one event.
 */
const rangeSchema = (most: number) =>
  z.strictObject({
    low: z.number().finite().min(1e-6).max(most),
    high: z.number().finite().min(1e-6).max(most),
  })

/** An optional estimate in numbers, beside the scales. */
export const quantitySchema = z.strictObject({
  /** What happens more than hourly is no event any more. */
  frequency: rangeSchema(10_000),
  loss: rangeSchema(1e15),
  currency: z.string().regex(/^[A-Z]{3}$/),
  trials: z.int().min(1000).max(100_000),
  /** Equal seeds give equal curves. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  /** Where the ranges come from. */
  why: plainText(4000),
})

export type Quantity = z.output<typeof quantitySchema>
