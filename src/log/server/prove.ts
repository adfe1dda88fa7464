import { z } from 'zod'
import {
  encodeEnvelope,
  encodeStatement,
  formatVerifierKey,
  type Json,
  type ProofPlan,
  planConsistency,
  planInclusion,
  readPlan,
  STATEMENT_PAYLOAD_TYPE,
  STATEMENT_TYPE,
  signEnvelope,
  tilePath,
  tileReader,
  tilesFor,
} from '#tlog'
import type { Context, Tx } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { type BundleFile, buildBundle } from '../bundle.ts'
import { openKnown } from './former-keys.ts'
import type { LogSigner } from './signer.ts'
import { type TileStore, tileStore } from './store.ts'

/** Entries with their openings, as the database has them. */
export type ProofParts = {
  organisationId: Id
  entries: { index: number; leaf: string; salt: Buffer; statement: string }[]
}

const maxEntries = 100

/** Reads what a bundle says; who may see it is for the caller to decide. Throws `log.opening_erased`. */
export async function proofParts(
  tx: Tx,
  organisationId: Id,
  indexes: readonly number[],
): Promise<ProofParts> {
  if (indexes.length === 0 || indexes.length > maxEntries)
    throw new Problem('invalid', 'input.too_large', { limit: maxEntries })
  const rows = await tx
    .selectFrom('logEntry')
    .select(['idx', 'leaf', 'salt', 'statement'])
    .where('organisationId', '=', organisationId)
    .where('idx', 'in', [...indexes])
    .execute()
  const entries = indexes.map((index) => {
    const row = rows.find((one) => one.idx === index)
    if (!row) throw notFound('log')
    const { leaf, salt, statement } = row
    if (salt === null || statement === null)
      throw new Problem('precondition', 'log.opening_erased', { index })
    return { index, leaf, salt, statement }
  })
  return { organisationId, entries }
}

/** The entry of a record's version: `n` equals the version. */
export async function entryOfVersion(
  tx: Tx,
  organisationId: Id,
  noun: string,
  id: Id,
  version: number,
): Promise<number> {
  const row = await tx
    .selectFrom('logEntry')
    .select('idx')
    .where('organisationId', '=', organisationId)
    .where('noun', '=', noun)
    .where('recordId', '=', id)
    .where('n', '=', version)
    .executeTakeFirst()
  if (!row) throw notFound('log')
  return row.idx
}

/** The parts of one entry's proof, for whoever may carry statements out of the house. */
export const proveEntry: Query<Context, { index: number }, ProofParts> = {
  kind: 'query',
  noun: 'log',
  action: 'prove',
  input: z.strictObject({ index: z.coerce.number().int().min(0) }),
  output: z.custom<ProofParts>(),
  scope: () => 'organisation',
  run: (ctx, { index }) => proofParts(ctx.tx, ctx.organisationId, [index]),
}

export type ProofFile = BundleFile

export type ProofOptions = {
  files?: readonly ProofFile[]
  /** Proves also that the log continues this smaller size. */
  consistencyFrom?: readonly number[]
  /** Signs the files as subjects of an in-toto statement with this predicate: for publications. */
  envelope?: { predicateType: string; predicate: { readonly [key: string]: Json } }
}

/** Reads the hashes of a plan from the published tiles. */
async function hashesOf(store: TileStore, plan: ProofPlan, size: number): Promise<Uint8Array[]> {
  const contents = new Map<string, Uint8Array>()
  for (const tile of tilesFor(plan, size)) {
    const content = await store.read(tile)
    if (!content) throw new Error(`the published ${tilePath(tile)} is missing`)
    contents.set(tilePath(tile), content)
  }
  return readPlan(
    plan,
    tileReader(size, (tile) => contents.get(tilePath(tile)) ?? new Uint8Array(0)),
  )
}

async function envelopeBytes(
  signer: LogSigner,
  files: readonly ProofFile[],
  options: ProofOptions['envelope'],
) {
  if (!options) return null
  const statement = encodeStatement({
    _type: STATEMENT_TYPE,
    subject: files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    ...options,
  })
  const keyed = { keyid: signer.vkey, publicKey: signer.key.publicKey, sign: signer.key.sign }
  return encodeEnvelope(await signEnvelope(STATEMENT_PAYLOAD_TYPE, statement, [keyed]))
}

export type Prover = (parts: ProofParts, options?: ProofOptions) => Promise<Uint8Array>

/**
 * Makes proof bundles (`.grcproof`) against the published checkpoint. Throws `log.not_published`, and `log.not_sealed`
 * for an entry that no published checkpoint covers yet.
 */
export function createProver(
  directory: string,
  signerOf: (organisationId: Id) => Promise<LogSigner>,
): Prover {
  return async (parts, options = {}) => {
    const { organisationId, entries } = parts
    const store = tileStore(directory, organisationId)
    const note = await store.checkpoint()
    if (!note) throw new Problem('unavailable', 'log.not_published')
    const signer = await signerOf(organisationId)
    const { size, origin } = await openKnown(note, signer.known)
    const early = entries.find((entry) => entry.index >= size)
    if (early) throw new Problem('unavailable', 'log.not_sealed', { index: early.index })
    const proven = []
    for (const { index, leaf, salt, statement } of entries) {
      const hashes = await hashesOf(store, planInclusion(index, size), size)
      proven.push({
        index,
        leaf,
        salt,
        statement: Buffer.from(statement),
        proof: { index, hashes, checkpoint: note },
      })
    }
    const consistency = []
    for (const from of options.consistencyFrom ?? []) {
      if (from > 0 && from < size)
        consistency.push({ from, hashes: await hashesOf(store, planConsistency(from, size), size) })
    }
    const files = options.files ?? []
    const keys = [signer.vkey, ...(signer.next ? [formatVerifierKey(signer.next)] : [])]
    return buildBundle({
      origin,
      checkpoint: note,
      entries: proven,
      files,
      keys,
      policy: `${keys.map((key) => `log ${key}\n`).join('')}quorum none\n`,
      endorsements: signer.endorsements,
      consistency,
      envelope: await envelopeBytes(signer, files, options.envelope),
    })
  }
}
