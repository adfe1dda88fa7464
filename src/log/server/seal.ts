import { sql } from 'kysely'
import { beaconOf } from '#tlog'
import type { Database } from '../../db/connect.ts'
import { reading } from '../../db/transaction.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/id.ts'
import type { Random } from '../../kernel/random.ts'
import { checkLog, freeze } from './check.ts'
import { type Sealed, SealRefused, sealOnce } from './seal-once.ts'
import { type LogSigner, openSigner, SignerRefuses } from './signer.ts'
import { tileStore } from './store.ts'

export type SealerOptions = {
  database: Database
  clock: Clock
  random: Random
  /** The data directory: keys in `keys/`, published logs in `log/<organisation>/`. */
  directory: string
  log: (line: Record<string, unknown>) => void
  /** Milliseconds between two looks for entries to seal. Default 3000. */
  every?: number
}

export type Sealer = {
  /** Checks every log against what was signed before, freezes what contradicts it, and begins to seal. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Resolves when everything committed before the call is in a published checkpoint; callers at once share a seal. */
  sealNow(organisationId: Id): Promise<Sealed | null>
  /** As `Runtime.appended`: never rejects, because the commit it follows has happened. */
  appended(organisationId: Id, now: boolean): Promise<void>
  /** As `Runtime.beacon`. */
  beacon(organisationId: Id): string
  signer(organisationId: Id): Promise<LogSigner>
}

/** Every organisation that has a log. */
export async function logIds(database: Database): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select organisation_ids() as id`.execute(database.kysely)
  return rows.map((row) => row.id)
}

const originOf = (database: Database, organisationId: Id) =>
  reading(database, organisationId, async (tx) => {
    const { origin } = await tx
      .selectFrom('logHead')
      .select('origin')
      .where('organisationId', '=', organisationId)
      .executeTakeFirstOrThrow()
    return origin
  })

// Entries that another process appended are found by a look at every log, once in so many rounds.
const roundsBetweenSweeps = 20

type Turn = { running: Promise<Sealed | null>; next: Promise<Sealed | null> | null }

export function createSealer(options: SealerOptions): Sealer {
  const { database, directory, log } = options
  const beacons = new Map<Id, string>()
  const turns = new Map<Id, Turn>()
  const dirty = new Set<Id>()
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  let rounds = 0

  // Read from the files each time: a key may be rotated by another process.
  const signer = async (organisationId: Id): Promise<LogSigner> =>
    openSigner(directory, organisationId, await originOf(database, organisationId), options.random)

  const seal = async (organisationId: Id): Promise<Sealed | null> => {
    dirty.delete(organisationId)
    const parts = {
      ...options,
      signer: await signer(organisationId),
      store: tileStore(directory, organisationId),
    }
    try {
      for (;;) {
        const { sealed, more } = await sealOnce(parts, organisationId)
        if (sealed) beacons.set(organisationId, beaconOf(sealed.size, sealed.root))
        if (!more) return sealed
      }
    } catch (error) {
      dirty.add(organisationId)
      if (error instanceof SealRefused) await freezeUnlessSound(organisationId, error.forkedAt)
      else if (error instanceof SignerRefuses) await freezeUnlessSound(organisationId, null)
      throw error
    }
  }

  const freezeUnlessSound = async (organisationId: Id, forkedAt: number | null) => {
    const found = await checkLog(
      { database, directory, signer: await signer(organisationId) },
      organisationId,
    )
    if (found.state !== 'sound') await freeze(database, organisationId, found)
    else if (forkedAt !== null)
      await freeze(database, organisationId, { state: 'forked', size: forkedAt, witness: 'the entries' })
  }

  // A caller's entry may have been committed after a running seal read the log: such callers share the next one.
  const sealNow = (organisationId: Id): Promise<Sealed | null> => {
    const turn = turns.get(organisationId)
    if (!turn) {
      const running = seal(organisationId)
      const mine: Turn = { running, next: null }
      turns.set(organisationId, mine)
      const done = () => {
        if (turns.get(organisationId) === mine) turns.delete(organisationId)
      }
      running.then(done, done)
      return running
    }
    turn.next ??= turn.running
      .catch(() => null)
      .then(() => {
        turns.delete(organisationId)
        return sealNow(organisationId)
      })
    return turn.next
  }

  const report = (organisationId: Id, error: unknown) =>
    log({
      level: 'error',
      event: 'seal_failed',
      organisation: organisationId,
      reason: error instanceof Error ? error.message : String(error),
    })

  const sealQuietly = (organisationId: Id) =>
    sealNow(organisationId).then(
      () => undefined,
      (error) => report(organisationId, error),
    )

  const oneRound = async () => {
    try {
      if (rounds++ % roundsBetweenSweeps === 0) for (const id of await logIds(database)) dirty.add(id)
    } catch (error) {
      report('', error)
    }
    for (const id of [...dirty]) await sealQuietly(id)
  }

  // A damaged key or published file is loud and stops the sealing of its log, not the start of the application.
  const checkAtStart = async (id: Id) => {
    const found = await checkLog({ database, directory, signer: await signer(id) }, id)
    await freeze(database, id, found)
    if (found.state === 'sound') beacons.set(id, found.beacon)
    else
      log({
        level: 'error',
        event: found.state === 'behind' ? 'log_frozen' : 'log_forked',
        organisation: id,
        ...found,
      })
  }

  const schedule = () => {
    timer = setTimeout(() => {
      round = oneRound().finally(() => timer && schedule())
    }, options.every ?? 3000)
    timer.unref()
  }

  return {
    sealNow,
    signer,
    beacon: (organisationId) => beacons.get(organisationId) ?? '',
    async appended(organisationId, now) {
      dirty.add(organisationId)
      if (now) await sealQuietly(organisationId)
    },
    async start() {
      for (const id of await logIds(database)) await checkAtStart(id).catch((error) => report(id, error))
      await oneRound()
      schedule()
    },
    async stop() {
      clearTimeout(timer)
      timer = undefined
      await round
      await Promise.allSettled([...turns.values()].flatMap((turn) => [turn.running, turn.next]))
    },
  }
}
