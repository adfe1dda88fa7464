import { z } from 'zod'

/** Input of every list: how many, after which row, in which order. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
}

export type PageInput = { limit: number; cursor?: string | undefined }

/** One page of a list; `nextCursor` is null on the last page, `total` counts the whole filtered list. */
export type Page<T> = { items: T[]; nextCursor: string | null; total: number }

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().min(0) })
