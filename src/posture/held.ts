import type { Control } from '../controls/control.ts'
import type { Id } from '../kernel/id.ts'
import type { Posture } from './posture.ts'

/** An organisation's posture as it is kept between requests, with the number of log entries that it has taken in. */
export type HeldPosture = {
  /** Entries of the log that it knows: everything before this index. */
  size: number
  posture: Posture
  /** Groups of the library depend on which controls were adopted, so that a change of one is a matter of all. */
  controls: Map<Id, Control>
  /** The edition of each programme, which its decisions are about. */
  editions: Map<Id, string>
}

/**
 * Postures of the organisations asked about last; a promise while one is being made, so that those who ask meanwhile
 * wait for it and do not make another. Losing one costs time and nothing else.
 */
export type HeldPostures = Map<Id, HeldPosture | Promise<HeldPosture>>
