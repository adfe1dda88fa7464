import { z } from 'zod'
import { daySchema } from '../../kernel/day.ts'
import { intervalShape } from '../../kernel/interval.ts'
import { keySchema } from '../../organisation/entity.ts'

/** What a file may leave out: null, as the record has it. */
export const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null)

export const day = orNull(daySchema)

export const days = { from: intervalShape.from.default(null), to: intervalShape.to.default(null) }

export const period = z.strictObject(days).default({ from: null, to: null })

/** A path below the programme file, with `/`; never absolute and never upwards. */
export const filePath = z
  .string()
  .max(500)
  .refine((path) => /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^/\\\0:][^\\\0:]*$/.test(path), {
    error: 'programme.path',
  })

const months = z.int().min(1).max(60).nullable()

/**
 * What a record said before: each through the day before `until`. Absent is what did not change then; an owner or a
 * rhythm that is null was none.
 */
export const formerPart = z
  .array(
    z.strictObject({
      until: daySchema,
      owner: keySchema.nullable().optional(),
      reviewMonths: months.optional(),
      /** Of an action: by when it was due. */
      due: daySchema.optional(),
    }),
  )
  .max(400)
  .default([])
