import type pg from 'pg'
import { Problem } from '../kernel/error.ts'

export type Limit = { key: string; most: number; seconds: number }

/**
 * Counts one attempt and refuses it when there were too many in the window. One row in the database decides, so that
 * parallel tries and several processes share one count; a refused attempt does not prolong the wait.
 */
export async function countAttempt(pool: pg.Pool, now: Date, { key, most, seconds }: Limit): Promise<void> {
  const since = new Date(now.getTime() - seconds * 1000).toISOString()
  const { rows } = await pool.query<{ count: number; window_start: string }>(
    `insert into auth.attempt as a (key, window_start, count) values ($1, $2, 1)
     on conflict (key) do update set
       count = case when a.window_start <= $3 then 1 else least(a.count + 1, 1000000) end,
       window_start = case when a.window_start <= $3 then $2 else a.window_start end
     returning count, window_start`,
    [key, now.toISOString(), since],
  )
  const row = rows[0]
  if (!row || row.count <= most) return
  const wait = Math.ceil((new Date(row.window_start).getTime() + seconds * 1000 - now.getTime()) / 1000)
  throw new Problem('limited', 'request.too_many', { seconds: Math.max(1, wait) })
}

/** A success makes earlier failures harmless. */
export const forgetAttempts = (pool: pg.Pool, key: string) =>
  pool.query('delete from auth.attempt where key = $1', [key])

/** The part of an address that one household or host shares: a whole IPv4 address, the first 64 bits of IPv6. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const zeros = address.includes('::')
    ? new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
    : []
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`
}
