import { z } from 'zod'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { keySchema } from './fields.ts'

/** SHA-256 in lower-case hexadecimal. */
export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, { error: 'digest' })

/**
 * Which wording of an edition the organisation works with: the digest of its canonical form, so that the log says
 * what the requirements were when something was judged against them.
 */
export const adoptedEdition = recordType('edition', 'edition', { key: keySchema, digest: digestSchema })

export type AdoptedEdition = RecordOf<typeof adoptedEdition>
