import { z } from 'zod'
import type { Random } from './random.ts'

/** Identifier of a record: a UUID version 4. Its 16 random bytes are also the record's stream id in the log. */
export type Id = string

/** In one spelling: the database would read upper case as the same id, and the log would keep it as another. */
export const idSchema = z.uuid().refine((text) => text === text.toLowerCase(), { error: 'id' })

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const dashed = (digits: string) =>
  `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`

function stamp(bytes: Uint8Array, version: number): Uint8Array {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes
}

/** A new record id: UUID version 4 (RFC 9562 section 5.4). */
export const newId = (random: Random): Id => dashed(hex(stamp(random(16), 4)))

/** A new event id: UUID version 7 (RFC 9562 section 5.7), so that events sort by the time they were minted. */
export function newEventId(random: Random, at: Date): Id {
  const bytes = random(16)
  const milliseconds = at.getTime()
  for (let index = 0; index < 6; index++) {
    bytes[index] = Math.floor(milliseconds / 2 ** (8 * (5 - index))) % 256
  }
  return dashed(hex(stamp(bytes, 7)))
}

/** The 16 bytes of an id. */
export function idBytes(id: Id): Uint8Array {
  const digits = id.replaceAll('-', '')
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
}
