import { rename, stat } from 'node:fs/promises'
import { encodeBase64, formatVerifierKey, parseCheckpoint, parseNote } from '#tlog'
import { reading, writing } from '../../db/transaction.ts'
import type { Id } from '../../kernel/id.ts'
import { checkLog, freeze, type LogState } from './check.ts'
import { appendFact, factsOf } from './facts.ts'
import { formerKeys, formerKeyText, rememberFormerKeys } from './former-keys.ts'
import type { RotationParts } from './rotate.ts'
import { createSealer } from './seal.ts'
import { keyPath, lastSigned, openSigner, readLogKeys } from './signer.ts'
import { logDirectory, tileStore } from './store.ts'

/** Where the beginning of a successor can be interrupted; docs/spec/successor.md says what each leaves. */
export const successorSteps = ['logged', 'keys', 'published', 'retired', 'sealed'] as const

export type SuccessorStep = (typeof successorSteps)[number]

export type SuccessorParts = Omit<RotationParts, 'after'> & { after?: (step: SuccessorStep) => void }

export class SuccessorRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SuccessorRefused'
  }
}

/** What the entry that begins a successor says of the log before it. */
export type Predecessor = {
  origin: string
  vkey: string
  /** The newest thing that was signed: by the signing key's memory, with its note where that was published. */
  size: number
  root: string
  note: string | null
  /** Entries `from` to `to` (excluded) were signed and are lost; both null for a fork. */
  lostFrom: number | null
  lostTo: number | null
  forkedAt: number | null
}

const succeeded = 'log.succeeded'

const headOf = ({ database }: SuccessorParts, id: Id) =>
  reading(database, id, async (tx) => {
    const head = await tx
      .selectFrom('logHead')
      .selectAll()
      .where('organisationId', '=', id)
      .executeTakeFirst()
    if (!head) throw new SuccessorRefused(`organisation ${id} has no log`)
    return { ...head, facts: await factsOf(tx, id, succeeded) }
  })

async function predecessorOf(parts: SuccessorParts, id: Id, state: LogState): Promise<Predecessor> {
  const { directory } = parts
  const { own } = await readLogKeys(directory, id)
  if (!own) throw new SuccessorRefused('the key of the log is not here')
  const note = await tileStore(directory, id).checkpoint()
  const published = note ? parseCheckpoint(parseNote(note).text) : null
  const last = await lastSigned(directory, id)
  const newest = !published || (last && last.size > published.size) ? last : published
  if (!newest) throw new SuccessorRefused('nothing of the log was ever signed')
  const { size } = newest
  return {
    origin: own.name,
    vkey: formatVerifierKey(own),
    size,
    root: encodeBase64(newest.root),
    note: newest === published ? note : null,
    lostFrom: state.state === 'behind' ? state.from : null,
    lostTo: state.state === 'behind' ? state.to : null,
    forkedAt: state.state === 'forked' ? state.size : null,
  }
}

/** The state that forbids to go on with a log; a fork that only its sealing shows is remembered by the head. */
async function contradiction(parts: SuccessorParts, id: Id, forkedAt: number | null): Promise<LogState> {
  const { origin } = await headOf(parts, id)
  const signer = await openSigner(parts.directory, id, origin, parts.random)
  const state = await checkLog({ ...parts, signer }, id)
  if (state.state !== 'sound' || forkedAt === null) return state
  return { state: 'forked', size: forkedAt, witness: 'the entries' }
}

const moved = async (from: string, to: string) => {
  if (await stat(from).catch(() => null)) await rename(from, to)
}

/** Puts the predecessor's files aside: published files stay for outsiders, the key itself goes last. */
async function retire(parts: SuccessorParts, id: Id, before: Predecessor, number: number, size: number) {
  const { directory } = parts
  const path = keyPath(directory, id)
  const { known } = await readLogKeys(directory, id)
  const there = await formerKeys(directory, id)
  const texts = [...known, ...there].map((key) =>
    formerKeyText({ ...key, upTo: Math.min(key.upTo ?? size, size) }),
  )
  const once = [...new Map(texts.map((text) => [text.vkey, text])).values()]
  await rememberFormerKeys(directory, id, once)
  parts.after?.('keys')
  // Holds: the checkpoints in the database can be checked without the predecessor's key file.
  const note = await tileStore(directory, id).checkpoint()
  if (note && parseCheckpoint(parseNote(note).text).origin === before.origin)
    await moved(logDirectory(directory, id), `${logDirectory(directory, id)}.before-${number}`)
  parts.after?.('published')
  // Holds: nothing is published under the successor's name.
  for (const kind of ['last', 'next', 'endorsements', 'key'])
    await moved(`${path}.${kind}`, `${path}.before-${number}.${kind}`)
  parts.after?.('retired')
  // Holds: there is no key, and whoever opens the signer next makes the successor's.
}

/**
 * Begins a successor of a log that cannot go on, because the database is behind what was signed or another history
 * was signed: a log of another origin and key, which takes over the entries that the database has, and whose own first
 * entry, directly behind them, names the predecessor's last checkpoint, what was lost, and the reason. Goes on with
 * one that was interrupted. Throws SuccessorRefused for a log that is sound.
 */
export async function beginSuccessor(
  parts: SuccessorParts,
  id: Id,
  reason: string,
): Promise<{ origin: string; index: number; predecessor: Predecessor }> {
  const { database, clock, random } = parts
  let head = await headOf(parts, id)
  const { own } = await readLogKeys(parts.directory, id)
  const interrupted = head.facts.length > 0 && own?.name !== head.origin
  if (!interrupted && head.facts.length > 0 && !(await tileStore(parts.directory, id).checkpoint())) {
    // Everything but the first seal was done.
  } else if (!interrupted) {
    const state = await contradiction(parts, id, head.forkedAt)
    if (state.state === 'sound') throw new SuccessorRefused('the log is sound: it needs no successor')
    await freeze(database, id, state)
    const predecessor = await predecessorOf(parts, id, state)
    const origin = `${predecessor.origin.replace(/\/successor-\d+$/, '')}/successor-${head.facts.length + 1}`
    await writing(database, id, async (tx) => {
      const rows = await tx
        .selectFrom('logEntry')
        .select((eb) => eb.fn.max('idx').as('idx'))
        .where('organisationId', '=', id)
        .executeTakeFirst()
      const size = rows?.idx == null ? 0 : rows.idx + 1
      const free = { origin, size, lostFrom: null, lostTo: null, forkedAt: null }
      await tx.updateTable('logHead').set(free).where('organisationId', '=', id).execute()
      const fact = { type: succeeded, reason, record: predecessor, command: 'log.succeed' }
      await appendFact(tx, id, fact, { at: clock.now(), random, beacon: '' })
    })
    parts.after?.('logged')
    // Holds: the database is of the successor. The key is of another log, so nothing is sealed until this is finished.
    head = await headOf(parts, id)
  }
  const fact = head.facts.at(-1)
  if (!fact) throw new Error('the entry of the successor has disappeared')
  const predecessor = fact.record as unknown as Predecessor
  const current = (await readLogKeys(parts.directory, id)).own
  if (current?.name !== head.origin) await retire(parts, id, predecessor, head.facts.length, fact.index)
  await createSealer({ ...parts, log: () => undefined }).sealNow(id)
  parts.after?.('sealed')
  return { origin: head.origin, index: fact.index, predecessor }
}
