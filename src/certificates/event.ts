import { z } from 'zod'
import { type Day, daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'

/** What can happen to a certificate (ISO/IEC 17021-1 9.3 to 9.6; PCI DSS 11.3.2; SOC bridge letters). */
export const eventKinds = [
  'stage-1',
  'stage-2',
  'surveillance-1',
  'surveillance-2',
  'recertification-audit',
  'scope-extension',
  'scope-reduction',
  'transfer',
  'suspension',
  'reinstatement',
  'withdrawal',
  'restoration',
  'special-audit',
  'scan',
  'bridge-letter',
] as const

export type EventKind = (typeof eventKinds)[number]

export const eventSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(eventKinds),
  /** The day it was completed or took effect. */
  on: daySchema,
  outcome: z.enum(['passed', 'failed', 'conditional', 'none']),
  note: localText(2000).nullable(),
})

export type CertificateEvent = z.output<typeof eventSchema>

/** The events of some kinds up to and including a day, oldest first. */
export const eventsUntil = (
  events: readonly CertificateEvent[],
  day: Day,
  ...kinds: EventKind[]
): CertificateEvent[] =>
  events
    .filter((event) => event.on <= day && kinds.includes(event.kind))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))

/** The newest of some kinds of events up to a day. */
export const newestEvent = (
  events: readonly CertificateEvent[],
  day: Day,
  ...kinds: EventKind[]
): CertificateEvent | undefined => eventsUntil(events, day, ...kinds).at(-1)
