import { z } from 'zod'
import { daySchema } from '../../kernel/day.ts'
import { intervalShape } from '../../kernel/interval.ts'

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
