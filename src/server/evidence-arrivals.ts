import { createHash, type Hash } from 'node:crypto'
import { type Blocks, blocksOf } from '../adapters/blocks.ts'
import type { ObjectStore } from '../db/objects.ts'
import { type Look, lookAt } from '../evidence/server/look.ts'
import { lookAside } from '../evidence/server/look-aside.ts'
import type { Upload } from '../evidence/server/uploads.ts'
import { Problem } from '../kernel/error.ts'

/** What is known of a file of which `at` bytes were seen: its hash so far, and what the guard saw so far. */
export type Arrival = { at: number; hash: Hash; look: Look; busy: boolean }

const mostKept = 40
const large = 16 * 1024 * 1024

/**
 * Hashes blocks and has them looked at, and gives each as long as the next is not asked for. Up to `size` bytes of the
 * file are let pass.
 */
export async function* seen(arrival: Arrival, blocks: Blocks, size: number): AsyncGenerator<Uint8Array> {
  const failures: unknown[] = []
  for await (const { bytes, release } of blocks) {
    const { length } = bytes
    if (arrival.at + length > size) throw new Problem('invalid', 'evidence.upload_over', { size })
    // A thread of its own looks at it while it is hashed here and written by the reader.
    const looked = arrival.look.push(bytes)
    looked.catch((error: unknown) => failures.push(error))
    arrival.hash.update(bytes)
    yield bytes
    looked.then(release, release)
    arrival.at += length
    if (failures.length > 0) throw failures[0]
  }
}

/**
 * Arrivals in progress in this process. They hold what has to be known about all bytes of a file, so that the last piece
 * costs no more than any other. Whoever is not there any more, after a restart or among too many, is made anew from the
 * bytes that are durable.
 */
export function arrivals(objects: ObjectStore) {
  const kept = new Map<string, Arrival>()

  function drop(id: string): void {
    kept.get(id)?.look.abandon()
    kept.delete(id)
  }

  function makeRoom(): void {
    for (const [id, one] of kept) {
      if (kept.size < mostKept) return
      if (!one.busy) drop(id)
    }
  }

  async function fill(arrival: Arrival, id: string, to: number): Promise<void> {
    const blocks = blocksOf(objects.incoming.read(id, to))
    try {
      for await (const _ of seen(arrival, blocks, to));
    } finally {
      blocks.close()
    }
  }

  return {
    /** Whether a piece of it is being received. */
    isBusy: (id: string): boolean => kept.get(id)?.busy ?? false,
    drop,
    /** The arrival at the acknowledged offset, busy until `release`. Null when the durable bytes are fewer than that. */
    async claim({ id, name, type, size, offset }: Upload): Promise<Arrival | null> {
      const known = kept.get(id)
      if (known?.at === offset) {
        known.busy = true
        return known
      }
      drop(id)
      makeRoom()
      // A thread costs more to start than a small file to look at.
      const look = size > large ? lookAside(name, type) : lookAt(name, type)
      const made: Arrival = { at: 0, hash: createHash('sha256'), look, busy: true }
      kept.set(id, made)
      if (offset > 0) {
        if ((await objects.incoming.size(id)) >= offset) await fill(made, id, offset)
        if (made.at !== offset) {
          drop(id)
          return null
        }
      }
      return made
    },
    release(id: string): void {
      const one = kept.get(id)
      if (one) one.busy = false
    },
    close(): void {
      for (const id of [...kept.keys()]) drop(id)
    },
  }
}

export type Arrivals = ReturnType<typeof arrivals>
