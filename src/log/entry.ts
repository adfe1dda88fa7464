import { z } from 'zod'
import type { Id } from '../kernel/id.ts'

/**
 * What an entry of the evidence log says: the statement whose commitment is in the leaf.
 * It carries the whole record after the change, so that replaying the log rebuilds every table.
 */
export const statementSchema = z.strictObject({
  v: z.literal(1),
  /** What happened, past tense: `certificate.renewed`. */
  type: z.string(),
  noun: z.string(),
  id: z.uuid(),
  /** Gapless counter of the record's changes; equals the record's version. */
  n: z.int().min(1),
  /** When Assay recorded it, UTC. When it is about is inside the record. */
  recordedAt: z.iso.datetime({ precision: 3 }),
  actor: z.strictObject({
    kind: z.enum(['person', 'key', 'visitor', 'system']),
    id: z.uuid().nullable(),
    /** Of an open record (a publication): the role in which a person or key acted, and no name. */
    name: z.string(),
  }),
  /** The command that did it: `certificate.renew`. */
  command: z.string(),
  /** The reason its author gave, where one was asked for. */
  reason: z.string().nullable(),
  record: z.record(z.string(), z.json()),
})

export type Statement = z.output<typeof statementSchema>

/** An entry that a command has made and that will be appended as the last statement of its transaction. */
export type PendingEntry = {
  type: string
  noun: string
  id: Id
  n: number
  reason: string | null
  /** Strangers may be given the statement: no name of a person goes into it. */
  open: boolean
  record: Readonly<Record<string, unknown>>
}
