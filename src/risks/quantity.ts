import { z } from 'zod'

/**
 * A range that holds the true value in nine cases of ten: 5 % lie below `low`, 5 % above `high`. Events a year for the
 * frequency; money in minor units of the currency for the loss of one event.
 */
const rangeSchema = z.strictObject({
  low: z.number().finite().positive().max(1e15),
  high: z.number().finite().positive().max(1e15),
})

/** An optional estimate in numbers, beside the scales. */
export const quantitySchema = z.strictObject({
  frequency: rangeSchema,
  loss: rangeSchema,
  currency: z.string().regex(/^[A-Z]{3}$/),
  trials: z.int().min(1000).max(1_000_000),
  /** Equal seeds give equal curves. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  why: z.string().min(1).max(4000),
})

export type Quantity = z.output<typeof quantitySchema>
