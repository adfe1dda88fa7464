import type { Transaction } from 'kysely'
import type { Ancestors, Visible } from '../access/permission.ts'
import type { HeldAssetGraphs } from '../assets/held.ts'
import type { Catalogue } from '../frameworks/catalogue.ts'
import type { Actor, ActorGrant } from '../kernel/actor.ts'
import type { Clock, Instant } from '../kernel/clock.ts'
import type { Scope } from '../kernel/command.ts'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { Language } from '../kernel/language.ts'
import type { Progress } from '../kernel/progress.ts'
import type { Random } from '../kernel/random.ts'
import type { PendingEntry } from '../log/entry.ts'
import type { HeldPostures } from '../posture/held.ts'
import type { HeldRisks } from '../risks/held.ts'
import type { CitingSource } from './citing.ts'
import type { Found } from './list.ts'
import type { Loaded } from './loaded.ts'
import type { Digest, ObjectStore } from './objects.ts'
import type { Tables } from './tables.gen.ts'

export type Tx = Transaction<Tables>

/** What a command or query may use. There is no other way to the database, the clock or the object store. */
export type Context = {
  actor: Actor
  organisationId: Id
  clock: Clock
  random: Random
  tx: Tx
  objects: ObjectStore
  /** Whether this installation can send mail. */
  mails: boolean
  /** Removes an object after the commit, unless some record of any organisation still needs it. */
  discard(digest: Digest): void
  /** The shipped frameworks and certificate schemes. */
  catalogue: Catalogue
  /** Postures of organisations, kept between requests. */
  postures: HeldPostures
  /** Assets of organisations with what they are worth, kept between requests. */
  assetGraphs: HeldAssetGraphs
  /** Risks of organisations by their ids, kept between requests at one state of the log. */
  heldRisks: Map<Id, HeldRisks>
  /**
   * Entries of the log when this reading began: as long as it has so many, every row is the same. Null in a command,
   * whose own changes have no number yet.
   */
  logSize: number | null
  /** What lists found, each for one state of the log; losing one costs time and nothing else. */
  counts: Map<string, Found>
  language: Language
  /** Today in the organisation's time zone; the demo's calendar may stand at another day. */
  today: Day
  /** The day that a reading is about: `today` unless the reader asked for another. */
  asOf: Day
  /** The instant whose knowledge a reading uses; null is now. */
  knownAt: Instant | null
  /** What of the organisation the actor sees under the permission in hand; null is all. */
  visible: Visible
  ancestors: Ancestors
  /** Whether an entity is in the organisation's tree, as it was when the operation began. */
  hasEntity(id: Id): boolean
  /** Whether the actor may do this here now: for `abilities`, and never instead of a command's own scope. */
  can(permission: string, scope: Scope): boolean
  /** Whether a person with these grants could do this: for handing work to somebody, and never for letting them. */
  couldWith(grants: readonly ActorGrant[], permission: string, scope: Scope): boolean
  /** What cites records that are about to end. */
  citing: CitingSource
  /** Permissions that some grant of the actor allows somewhere. */
  permissions: readonly string[]
  /** Whether the matrix knows a permission, or a noun written `noun.*`. */
  permissionKnown(permission: string): boolean
  /** The name of the command in hand, for the log. */
  command: string
  entries: PendingEntry[]
  /** Told how far long work is; it may call the work off. */
  progress: Progress
  /** Tables that this operation has read whole (`everyOf`). */
  loaded: Loaded
  /** Work to do after the commit, such as writing a cache: it may be lost, so nothing may depend on it. */
  afterCommit: (() => Promise<void> | void)[]
}
