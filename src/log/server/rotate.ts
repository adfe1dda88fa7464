import { rename, rm } from 'node:fs/promises'
import { equalBytes, formatSignerKey, formatVerifierKey, openCheckpoint, type SignerKey } from '#tlog'
import type { Database } from '../../db/connect.ts'
import { reading, writing } from '../../db/transaction.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/id.ts'
import type { Random } from '../../kernel/random.ts'
import { endorse, readEndorsement } from '../succession.ts'
import { checkLog } from './check.ts'
import { appendFact, factsOf } from './facts.ts'
import { formerKeys, formerKeyText, rememberFormerKeys } from './former-keys.ts'
import { createSealer } from './seal.ts'
import { keyPath, type LogSigner, openSigner, writeEndorsements } from './signer.ts'
import { createFile, tileStore } from './store.ts'

/** Where a rotation can be interrupted; docs/spec/key-rotation.md says what each leaves. */
export const rotationSteps = ['key', 'endorsed', 'logged', 'sealed', 'retired', 'replaced'] as const

export type RotationStep = (typeof rotationSteps)[number]

export type RotationParts = {
  database: Database
  directory: string
  clock: Clock
  random: Random
  /** Told after each step; a test interrupts here. */
  after?: (step: RotationStep) => void
}

export class RotationRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RotationRefused'
  }
}

const keyAdded = 'log.key_added'

async function signerOf({ database, directory, random }: RotationParts, id: Id): Promise<LogSigner> {
  const origin = await reading(database, id, async (tx) => {
    const head = await tx
      .selectFrom('logHead')
      .select('origin')
      .where('organisationId', '=', id)
      .executeTakeFirst()
    return head?.origin
  })
  if (origin === undefined) throw new RotationRefused(`organisation ${id} has no log`)
  return openSigner(directory, id, origin, random)
}

const sealed = (parts: RotationParts, id: Id) => createSealer({ ...parts, log: () => undefined }).sealNow(id)

/** The endorsement of the next key: the one that is there, else a new one, kept before anyone hears of it. */
async function endorsementOf(parts: RotationParts, id: Id, signer: LogSigner, next: SignerKey) {
  const vkey = formatVerifierKey(next)
  const there = signer.endorsements.find((note) => formatVerifierKey(readEndorsement(note).key) === vkey)
  if (there !== undefined) return there
  const note = await endorse(signer.key, next, (await signer.last())?.size ?? 0)
  await writeEndorsements(parts.directory, id, [...signer.endorsements, note])
  return note
}

/** The entry that names the next key; appended once. */
async function logged(parts: RotationParts, id: Id, vkey: string, endorsement: string, beacon: string) {
  const { database, clock, random } = parts
  await writing(database, id, async (tx) => {
    const facts = await factsOf(tx, id, keyAdded)
    if (facts.some(({ record }) => record.vkey === vkey)) return
    const { from } = readEndorsement(endorsement)
    const fact = {
      type: keyAdded,
      reason: null,
      record: { vkey, from, endorsement },
      command: 'log.rotate_key',
    }
    await appendFact(tx, id, fact, { at: clock.now(), random, beacon })
  })
}

/**
 * Begins a rotation, or goes on with one that was interrupted: makes the next key, has both keys vouch for it, logs
 * that, and seals with both signatures. From then on both keys sign, until {@link finishRotation}. Answers the
 * verifier keys. Throws RotationRefused for a log that is not sound.
 */
export async function beginRotation(parts: RotationParts, id: Id): Promise<{ own: string; next: string }> {
  const { directory, random } = parts
  const before = await signerOf(parts, id)
  const state = await checkLog({ ...parts, signer: before }, id)
  if (state.state !== 'sound')
    throw new RotationRefused(`the log is ${state.state}: its key is not changed now`)
  const path = `${keyPath(directory, id)}.next`
  if (!before.next) {
    // A key that a crash left behind after it had become the own one.
    await rm(path, { force: true })
    await createFile(path, `${await formatSignerKey(before.key.name, random(32))}\n`, 0o600)
  }
  parts.after?.('key')
  // Holds: both keys sign. Nobody knows the next one yet, and every note has the own one's signature as well.
  const signer = await signerOf(parts, id)
  const { next } = signer
  if (!next) throw new Error('the next key has disappeared')
  const endorsement = await endorsementOf(parts, id, signer, next)
  parts.after?.('endorsed')
  // Holds: proofs carry the endorsement, and readers who trust the own key trust the next one.
  const vkey = formatVerifierKey(next)
  await logged(parts, id, vkey, endorsement, state.beacon)
  parts.after?.('logged')
  // Holds: the entry is in the log; any seal covers it.
  await sealed(parts, id)
  parts.after?.('sealed')
  return { own: signer.vkey, next: vkey }
}

/**
 * Ends the overlap: from here on the next key signs alone, and the one before it counts up to the size that it signed
 * last. Throws RotationRefused before the published checkpoint covers the entry and has both signatures.
 */
export async function finishRotation(parts: RotationParts, id: Id): Promise<{ former: string; own: string }> {
  const { database, directory } = parts
  const signer = await signerOf(parts, id)
  const { next, key } = signer
  if (!next) throw new RotationRefused('no rotation is under way')
  const vkey = formatVerifierKey(next)
  const facts = await reading(database, id, (tx) => factsOf(tx, id, keyAdded))
  const fact = facts.find(({ record }) => record.vkey === vkey)
  const published = await tileStore(directory, id).checkpoint()
  if (!fact || !published) throw new RotationRefused('the next key is not in the log yet: begin again')
  const { checkpoint, signers } = await openCheckpoint(published, [key, next])
  if (signers.length < 2 || checkpoint.size <= fact.index)
    throw new RotationRefused(
      'no published checkpoint with both signatures covers the next key yet: begin again',
    )
  const others = (await formerKeys(directory, id)).filter((one) => !equalBytes(one.publicKey, key.publicKey))
  const upTo = (await signer.last())?.size ?? checkpoint.size
  const texts = [...others, { ...key, upTo }].map((one) => formerKeyText({ ...one, upTo: one.upTo ?? upTo }))
  await rememberFormerKeys(directory, id, texts)
  parts.after?.('retired')
  // Holds: as before, because a key that is the own one counts without limit.
  await rename(`${keyPath(directory, id)}.next`, `${keyPath(directory, id)}.key`)
  parts.after?.('replaced')
  // Holds: the next key is the own one, and nothing has the secret of the other any more.
  return { former: signer.vkey, own: vkey }
}
