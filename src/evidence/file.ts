import { z } from 'zod'
import { digestSchema } from '../frameworks/adopted-edition.ts'
import { idSchema } from '../kernel/id.ts'
import { isStorable } from '../kernel/text.ts'
import type { NotInspectedReason, Verdict } from './card-number/finding.ts'

const reasons = [
  'encrypted',
  'damaged',
  'unknown format',
  'picture',
  'unreadable text',
  'compressed beyond reason',
  'overlapping members',
  'hidden archive',
  'too deep',
  'too large',
  'too many parts',
  'too slow',
] as const satisfies readonly NotInspectedReason[]

/** What the guard can say of a file that it let in; one in which it found a card number is never kept. */
export const inspections = ['clean', 'test-numbers', 'doubtful', 'not-inspected'] as const

/** What inspection and storage found out about a file; nothing of it comes from the uploader but the name. */
export const fileFacts = {
  /** As uploaded: data to show, with its odd characters; never part of a path. */
  name: z.string().min(1).max(500).refine(isStorable, { error: 'unstorable_character' }),
  /** From the content, not from what the uploader said. */
  mediaType: z.string().max(120),
  size: z.int().min(0),
  digest: digestSchema,
  /** Whether the card-number guard could read all of it, and what it saw. */
  cardNumbers: z.enum(inspections),
  /** Why not all of it could be read. */
  notInspected: z.array(z.enum(reasons)).max(reasons.length),
}

export const fileSchema = z.strictObject({ id: idSchema, ...fileFacts })

export type EvidenceFile = z.output<typeof fileSchema>

export type FileFacts = Omit<EvidenceFile, 'id'>

/** What is recorded of a verdict that lets a file in. The worst thing is said: what was not read outweighs what was. */
export function inspectionOf(verdict: Verdict): Pick<EvidenceFile, 'cardNumbers' | 'notInspected'> {
  const notInspected = reasons.filter((reason) => verdict.notInspected.some((one) => one.reason === reason))
  if (verdict.verdict === 'not inspected') return { cardNumbers: 'not-inspected', notInspected }
  const { low, test } = verdict.counts
  return { cardNumbers: low > 0 ? 'doubtful' : test > 0 ? 'test-numbers' : 'clean', notInspected }
}
