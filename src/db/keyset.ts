import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { Problem } from '../kernel/error.ts'

// A cursor is only a place in an order that the reader may see anyway: tampering with it shows nothing new.
const cursorSchema = z.strictObject({ sort: z.string(), value: z.string().max(1000), id: z.uuid() })

export type KeysetPlace = z.output<typeof cursorSchema>

export const cursorOf = (place: KeysetPlace): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

export const strangeCursor = (): Problem =>
  new Problem('invalid', 'input.invalid', { count: 1 }, [{ pointer: '/cursor', code: 'request.cursor' }])

/** Reads a cursor that belongs to this order; throws `invalid` for any other text. */
export function placeOf(cursor: string, sort: string): KeysetPlace {
  try {
    const place = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (place.sort === sort) return place
  } catch {
    // Any damage means the same to the reader.
  }
  throw strangeCursor()
}

/** Rows after a place, in the order of an expression that is never null, and of the id. */
export const after = (
  expression: RawBuilder<string>,
  place: KeysetPlace,
  descending: boolean,
): RawBuilder<boolean> =>
  descending
    ? sql<boolean>`(${expression}, id) < (${place.value}, ${place.id}::uuid)`
    : sql<boolean>`(${expression}, id) > (${place.value}, ${place.id}::uuid)`

/** Rows from a place on, itself included. */
export const startingAt = (
  expression: RawBuilder<string>,
  place: Pick<KeysetPlace, 'value' | 'id'>,
  descending: boolean,
): RawBuilder<boolean> =>
  descending
    ? sql<boolean>`(${expression}, id) <= (${place.value}, ${place.id}::uuid)`
    : sql<boolean>`(${expression}, id) >= (${place.value}, ${place.id}::uuid)`

/** A text to look for anywhere in a column, with the wildcards of LIKE taken literally. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
