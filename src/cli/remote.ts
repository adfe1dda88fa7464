import { planConsistency, readPlan, type Tile, tilePath, tileReader, tilesFor } from '#tlog'
import { VerifyProblem } from './verify-problems.ts'

const limits = { bundle: 512 * 1024 * 1024, small: 1024 * 1024 }

/** Fetches at most `limit` bytes; null for 404. Throws VerifyProblem. */
export async function fetchBytes(
  fetch: typeof globalThis.fetch,
  url: string,
  limit: number,
): Promise<Uint8Array | null> {
  const asked = { redirect: 'error', signal: AbortSignal.timeout(60_000) } as const
  const response = await fetch(url, asked).catch(() => {
    throw new VerifyProblem('unreachable', { url })
  })
  if (response.status === 404) return null
  if (!response.ok || !response.body) throw new VerifyProblem('answers', { url, status: response.status })
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body) {
    size += part.length
    if (size > limit) throw new VerifyProblem('too_large', { url, limit })
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

export const fetchBundle = (fetch: typeof globalThis.fetch, url: string) =>
  fetchBytes(fetch, url, limits.bundle)

/** The keys that a domain states for its log. */
export async function fetchKeys(fetch: typeof globalThis.fetch, origin: string): Promise<string[] | null> {
  const bytes = await fetchBytes(fetch, `${origin}/log/key`, limits.small).catch(() => null)
  return bytes && Buffer.from(bytes).toString('utf8').trim().split('\n')
}

async function fetchTile(fetch: typeof globalThis.fetch, base: string, tile: Tile): Promise<Uint8Array> {
  const exact = await fetchBytes(fetch, `${base}/log/${tilePath(tile)}`, limits.small)
  if (exact) return exact
  // A log may keep only the full tile once there is one (C2SP tlog-tiles).
  const full = await fetchBytes(fetch, `${base}/log/${tilePath({ ...tile, width: 256 })}`, limits.small)
  if (!full) throw new VerifyProblem('nothing_there', { url: `${base}/log/${tilePath(tile)}` })
  return full.slice(0, tile.width * 32)
}

/** A consistency proof read from the public tiles of a log; null when it cannot be had. */
export const remoteConsistency =
  (fetch: typeof globalThis.fetch, base: string) =>
  async (from: number, to: number): Promise<Uint8Array[] | null> => {
    try {
      const plan = planConsistency(from, to)
      const tiles = new Map<string, Uint8Array>()
      for (const tile of tilesFor(plan, to)) tiles.set(tilePath(tile), await fetchTile(fetch, base, tile))
      return readPlan(
        plan,
        tileReader(to, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array(0)),
      )
    } catch {
      return null
    }
  }
