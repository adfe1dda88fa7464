import type { Matrix } from '../access/permission.ts'
import type { HeldAssetGraphs } from '../assets/held.ts'
import type { Database } from '../db/connect.ts'
import type { Found } from '../db/list.ts'
import type { ObjectStore } from '../db/objects.ts'
import type { Catalogue } from '../frameworks/catalogue.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Clock, Instant } from '../kernel/clock.ts'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { Language } from '../kernel/language.ts'
import type { Mail } from '../kernel/mail.ts'
import type { Random } from '../kernel/random.ts'
import type { HeldPostures } from '../posture/held.ts'
import type { HeldRisks } from '../risks/held.ts'
import type { KnownFrame } from './frame.ts'

/** What the shell is made of; put together in main.ts, or by a test. */
export type Runtime = {
  database: Database
  objects: ObjectStore
  /** Absent where the operator configured no mail server: nothing is sent. */
  mail?: Mail | null
  clock: Clock
  random: Random
  matrix: Matrix
  catalogue: Catalogue
  postures: HeldPostures
  assetGraphs: HeldAssetGraphs
  /** Absent where every request may read all risks anew. */
  heldRisks?: Map<Id, HeldRisks>
  /** Without it, what lists found is remembered within one operation. */
  counts?: Map<string, Found>
  /** Without it, calendar and tree are read for every operation. */
  frames?: Map<Id, KnownFrame>
  /** The newest checkpoint of a log, `size:root8`, for the freshness field of a leaf; '' when none is known. */
  beacon(organisationId: Id): string
  /** Told after each commit that appended to a log; `now` asks for a seal at once and waits for it. */
  appended(organisationId: Id, now: boolean): Promise<void>
}

/** Who asks, in which language, about which time. */
export type Caller = {
  actor: Actor
  language: Language
  asOf?: Day | undefined
  knownAt?: Instant | undefined
}
