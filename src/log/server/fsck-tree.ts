import { readFileSync } from 'node:fs'
import { encodeBase64, encodeBundle, equalBytes, HASH_BYTES, TILE_WIDTH, tilePath } from '#tlog'
import type { Tx } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import { type KnownKey, openKnown } from './former-keys.ts'
import type { Finding } from './fsck-entry.ts'
import type { TileStore } from './store.ts'
import { openTree, type Piece } from './tree-builder.ts'

type CheckpointRow = { size: number; root: string; note: string; sealedAt: string }

const batch = 500

/** The checkpoints of a log in the order of their sizes, a batch at a time. */
async function* checkpointsOf(tx: Tx, organisationId: Id): AsyncGenerator<CheckpointRow> {
  for (let beyond = -1; ; ) {
    const rows = await tx
      .selectFrom('logCheckpoint')
      .select(['size', 'root', 'note', 'sealedAt'])
      .where('organisationId', '=', organisationId)
      .where('size', '>', beyond)
      .orderBy('size')
      .limit(batch)
      .execute()
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < batch) return
    beyond = last.size
  }
}

export type TreeCheck = {
  tx: Tx
  organisationId: Id
  store: TileStore
  keys: readonly KnownKey[]
  report: (finding: Finding) => void
  /** The published checkpoint note, read before the snapshot of the database was taken. */
  published: string | null
}

const heldSuspects = 50

/** Nobody else waits for this process, and waiting for the disk in the background costs ten times the reading. */
function readWhole(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

/**
 * Grows the tree from the database's leaves and compares it, on the way, with every checkpoint's signed root and
 * with every published tile and entry bundle.
 */
export async function treeComparison(check: TreeCheck) {
  const { store, report } = check
  let moreSuspects = 0
  const tree = await openTree(store, 0)
  const rows = checkpointsOf(check.tx, check.organisationId)
  const published = await publishedCheckpoint(check)
  const suspects: Piece[] = []
  let next = (await rows.next()).value as CheckpointRow | undefined
  let before: CheckpointRow | undefined
  let checkpoints = 0
  let tiles = 0
  let sound = true
  let edgeSeen = false

  const compare = async (pieces: readonly Piece[]) => {
    for (const piece of pieces) {
      tiles += 1
      const content = readWhole(store.path(piece.tile)) ?? (await store.read(piece.tile))
      const path = tilePath(piece.tile)
      const entries = piece.tile.level === 'entries'
      if (!content)
        report({
          code: entries ? 'bundle_missing' : 'tile_missing',
          index: null,
          detail: `${path} is not published`,
        })
      else if (Buffer.compare(content, piece.content) !== 0) {
        if (suspects.length < heldSuspects) suspects.push(piece)
        else moreSuspects += 1
      }
    }
  }

  /** Whether a differing file or the database is wrong is decided by the signed roots, hence at the end. */
  const settle = async () => {
    for (const piece of suspects) {
      const content = (await store.read(piece.tile)) ?? new Uint8Array(0)
      report(difference(piece, content, sound))
    }
    if (moreSuspects > 0)
      report({ code: 'tile_differs', index: null, detail: `${moreSuspects} more published files differ` })
  }

  return {
    /** Reached `size` leaves: the checkpoint and the published edge of that size are due. */
    async reached(): Promise<void> {
      while (next && next.size <= tree.size) {
        const right = await checkpointFindings(
          check,
          next,
          before,
          tree.size === next.size ? tree.root() : null,
        )
        if (!right) sound = false
        checkpoints += 1
        before = next
        next = (await rows.next()).value as CheckpointRow | undefined
      }
      if (tree.size > published) return
      await compare(tree.takeFull())
      if (tree.size !== published || edgeSeen) return
      edgeSeen = true
      await compare(tree.partials())
    },
    /** Whether `reached` must be called at this size. */
    isDue: (size: number): boolean => size === published || size === next?.size,
    tree,
    /** How far the published files go. */
    published,
    bundlePath: (first: number, width: number): string =>
      store.path({ level: 'entries', index: first / TILE_WIDTH, width }),
    /** A published entry bundle that holds what it must. */
    bundleFits(): void {
      tiles += 1
    },
    /** The slow look at a published entry bundle: the leaves from entry `first` on are known. */
    compareBundle: (first: number, leaves: Uint8Array[]): Promise<void> =>
      compare([
        {
          tile: { level: 'entries', index: first / TILE_WIDTH, width: leaves.length },
          content: encodeBundle(leaves),
        },
      ]),
    async end(): Promise<{ checkpoints: number; tiles: number }> {
      if (next)
        report({
          code: 'checkpoint_root',
          index: null,
          detail: `the checkpoint of size ${next.size} cannot be recomputed: the log is whole up to ${tree.size}`,
        })
      if (published > tree.size)
        report({
          code: 'published_checkpoint',
          index: null,
          detail: `it covers ${published} entries; the log is whole up to ${tree.size}`,
        })
      await settle()
      return { checkpoints, tiles }
    },
  }
}

async function publishedCheckpoint({ published, keys, report }: TreeCheck): Promise<number> {
  if (published === null) return 0
  try {
    return (await openKnown(published, keys)).size
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    report({ code: 'published_checkpoint', index: null, detail })
    return 0
  }
}

/** Examines one checkpoint; false when its signed root is not the root of the entries. */
async function checkpointFindings(
  { keys, report }: TreeCheck,
  row: CheckpointRow,
  before: CheckpointRow | undefined,
  root: Uint8Array | null,
): Promise<boolean> {
  const at = `the checkpoint of size ${row.size}`
  const finding = (code: Finding['code'], detail: string) => report({ code, index: null, detail })
  if (before && row.sealedAt < before.sealedAt)
    finding('checkpoint_order', `${at} is older than a smaller one`)
  let signed: { size: number; root: Uint8Array }
  try {
    signed = await openKnown(row.note, keys)
  } catch (error) {
    finding('checkpoint_signature', `${at}: ${error instanceof Error ? error.message : String(error)}`)
    return true
  }
  if (signed.size !== row.size || encodeBase64(signed.root) !== row.root)
    finding('checkpoint_row', `${at} stores another size or root than its note`)
  if (root && signed.size === row.size && equalBytes(signed.root, root)) return true
  const first = before?.size ?? 0
  finding(
    'checkpoint_root',
    `entries ${first} to ${row.size - 1} do not lead to the signed root of size ${row.size}`,
  )
  return false
}

function difference(piece: Piece, content: Uint8Array, sound: boolean): Finding {
  const { tile } = piece
  const path = tilePath(tile)
  const at = [...piece.content].findIndex((byte, i) => byte !== content[i])
  if (tile.level === 'entries')
    return { code: 'bundle_differs', index: entryAt(piece, at), detail: `${path} differs` }
  const hash = tile.index * TILE_WIDTH + Math.max(0, Math.floor(at / HASH_BYTES))
  const index = tile.level === 0 ? hash : null
  if (sound || index === null)
    return { code: 'tile_differs', index, detail: `${path} differs from the entries` }
  return { code: 'leaf_differs', index, detail: `the leaf is not the one that was sealed (${path})` }
}

/** Which entry of a bundle holds byte `at`: each has its length in two bytes before it. */
function entryAt({ tile, content }: Piece, at: number): number {
  let entry = 0
  for (let start = 0; start < content.length; entry++) {
    start += 2 + (((content[start] ?? 0) << 8) | (content[start + 1] ?? 0))
    if (at < start) break
  }
  return tile.index * TILE_WIDTH + Math.min(entry, tile.width - 1)
}
