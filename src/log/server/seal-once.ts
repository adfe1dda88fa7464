import { sql } from 'kysely'
import { encodeBase64, equalBytes } from '#tlog'
import type { Database } from '../../db/connect.ts'
import type { Tx } from '../../db/context.ts'
import { writing } from '../../db/transaction.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/id.ts'
import { leavesOf } from './leaves.ts'
import { type LastSigned, type LogSigner, openOwn } from './signer.ts'
import type { TileStore } from './store.ts'
import { openTree, type Piece, type TreeBuilder } from './tree-builder.ts'

/** Leaves that one checkpoint adds at most: it bounds memory and the time that a transaction stays open. */
export const sealLimit = 65_536

/** Where a seal can be interrupted; docs/spec/sealer.md says what each leaves. */
export const sealSteps = ['read', 'signed', 'committed', 'tiles', 'entries', 'published'] as const

export type SealStep = (typeof sealSteps)[number]

export type SealParts = {
  database: Database
  clock: Clock
  signer: LogSigner
  store: TileStore
  /** Told after each step; a test interrupts here. */
  after?: (step: SealStep) => void | Promise<void>
}

export type Sealed = { size: number; root: Uint8Array; note: string }

/** What the database holds does not continue what was sealed: nothing more may be signed. */
export class SealRefused extends Error {
  /** The size for which another root was signed; null where no root contradicts. */
  readonly forkedAt: number | null
  constructor(message: string, forkedAt: number | null = null) {
    super(message)
    this.name = 'SealRefused'
    this.forkedAt = forkedAt
  }
}

type Known = LastSigned & { by: string }

async function newestCheckpoint(tx: Tx, organisationId: Id): Promise<Sealed | null> {
  const row = await tx
    .selectFrom('logCheckpoint')
    .select(['size', 'root', 'note'])
    .where('organisationId', '=', organisationId)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { size: row.size, root: Buffer.from(row.root, 'base64'), note: row.note } : null
}

/** Everything that was signed before, wherever it is kept; all of it must be a beginning of what is here now. */
async function knownBefore(parts: SealParts, newest: Sealed | null): Promise<Known[]> {
  const { signer, store } = parts
  const known: Known[] = []
  if (newest) known.push({ ...(await openOwn(signer, newest.note)), by: 'the newest checkpoint' })
  const published = await store.checkpoint()
  if (published) known.push({ ...(await openOwn(signer, published)), by: 'the published checkpoint' })
  const last = await signer.last()
  if (last) known.push({ ...last, by: 'the signing key' })
  if (newest && !equalBytes(newest.root, known[0]?.root ?? newest.root))
    throw new SealRefused(`the root stored for size ${newest.size} is not the one in its note`)
  return known
}

/** Appends leaves up to `to`; each root that was signed on the way must come out again. */
async function grow(parts: SealParts, tx: Tx, organisationId: Id, plan: Plan): Promise<Piece[]> {
  const { tree, known, sealed, to } = plan
  const held: Piece[] = []
  const check = () => {
    for (const one of known) {
      if (one.size === tree.size && !equalBytes(one.root, tree.root()))
        throw new SealRefused(
          `the entries do not lead to the root that ${one.by} has for size ${one.size}`,
          one.size,
        )
    }
  }
  check()
  for await (const leaves of leavesOf(tx, organisationId, tree.size, to)) {
    for (const leaf of leaves) {
      tree.append(leaf)
      check()
    }
    held.push(...tree.takeFull())
    // Below the committed checkpoint a tile is due already; only newer ones must wait for the commit.
    if (tree.size <= sealed)
      for (const piece of held.splice(0)) await parts.store.write(piece.tile, piece.content)
  }
  return [...held, ...tree.partials()]
}

type Plan = { tree: TreeBuilder; known: Known[]; sealed: number; to: number }

/** The transaction of a seal: read, compare, sign, insert. */
async function commitCheckpoint(parts: SealParts, tx: Tx, organisationId: Id) {
  // One sealer at a time saves work; what two at once would do is still safe (docs/spec/sealer.md).
  await sql`select pg_advisory_xact_lock(hashtextextended(${`seal/${organisationId}`}, 0))`.execute(tx)
  const head = await tx
    .selectFrom('logHead')
    .select('size')
    .where('organisationId', '=', organisationId)
    .executeTakeFirstOrThrow()
  const newest = await newestCheckpoint(tx, organisationId)
  const known = await knownBefore(parts, newest)
  const ahead = known.find((one) => one.size > head.size)
  if (ahead)
    throw new SealRefused(`${ahead.by} covers ${ahead.size} entries and the database has ${head.size}`)
  const sealed = newest?.size ?? 0
  const published = known.find((one) => one.by === 'the published checkpoint')?.size ?? 0
  if (published > sealed)
    throw new SealRefused(`the published checkpoint of size ${published} is not in the database`)
  const to = Math.min(head.size, sealed + sealLimit)
  const none = { sealed: newest, pieces: [] as Piece[], published, head: head.size }
  if (to === published) return none
  const tree = await openTree(parts.store, published)
  const pieces = await grow(parts, tx, organisationId, { tree, known, sealed, to })
  await parts.after?.('read')
  // Holds: nothing has changed. A crash here leaves nothing.
  if (to === sealed) return { ...none, pieces }
  const root = tree.root()
  const note = await parts.signer.sign(to, root)
  await parts.after?.('signed')
  // Holds: the key remembers `to` and will sign nothing smaller. A crash here loses the note; the next seal is at
  // `to` or beyond, and must pass through this root.
  await tx
    .insertInto('logCheckpoint')
    .values({
      organisationId,
      size: to,
      root: encodeBase64(root),
      note,
      sealedAt: parts.clock.now().toISOString(),
    })
    .execute()
  return { sealed: { size: to, root, note }, pieces, published, head: head.size }
}

/**
 * Seals what is committed: one checkpoint, at most {@link sealLimit} entries further, and the publication of
 * whatever an interrupted seal has left unpublished. Returns the newest checkpoint and whether entries remain.
 * Throws {@link SealRefused}, SignerRefuses or PublishedDiffers when what is stored contradicts what was signed.
 */
export async function sealOnce(
  parts: SealParts,
  organisationId: Id,
): Promise<{ sealed: Sealed | null; more: boolean }> {
  const { store } = parts
  const { sealed, pieces, published, head } = await writing(parts.database, organisationId, (tx) =>
    commitCheckpoint(parts, tx, organisationId),
  )
  if (!sealed || sealed.size === published) return { sealed, more: false }
  await parts.after?.('committed')
  // Holds: the checkpoint is the log's newest. A crash here leaves tiles behind it; the next seal starts from the
  // published checkpoint and writes them.
  const isTile = (piece: Piece) => piece.tile.level !== 'entries'
  for (const piece of pieces.filter(isTile)) await store.write(piece.tile, piece.content)
  await parts.after?.('tiles')
  // Holds: the tree can be read from tiles. A crash here leaves them unannounced; writing them again finds them equal.
  for (const piece of pieces.filter((one) => !isTile(one))) await store.write(piece.tile, piece.content)
  await parts.after?.('entries')
  // Holds: everything that the checkpoint promises is on disk. A crash here leaves the older checkpoint published.
  await store.publishCheckpoint(sealed.note)
  await parts.after?.('published')
  // Holds: the seal is complete. A crash here leaves partial tiles that wider ones replace: only space.
  for (const piece of pieces) await store.tidy(piece.tile)
  return { sealed, more: head > sealed.size }
}
