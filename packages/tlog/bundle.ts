import { malformed, TlogError } from './error.ts'
import { TILE_WIDTH } from './tile.ts'

const MAX_ENTRY_BYTES = 0xffff

/** Content of an entry bundle: each entry behind its length as a big-endian uint16 (C2SP tlog-tiles). */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw new TlogError('range', `a bundle holds 1 to ${TILE_WIDTH} entries`)
  }
  const bundle = new Uint8Array(entries.reduce((length, entry) => length + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new TlogError('range', 'an entry is over 65535 bytes')
    bundle[at] = entry.length >> 8
    bundle[at + 1] = entry.length & 0xff
    bundle.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bundle
}

/** The entries of a bundle; throws `malformed` unless it holds exactly `width` whole entries. */
export function decodeBundle(content: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < width) {
    if (at + 2 > content.length) throw malformed('the entry bundle ends early')
    const length = ((content[at] as number) << 8) | (content[at + 1] as number)
    at += 2
    if (at + length > content.length) throw malformed('the entry bundle ends inside an entry')
    entries.push(content.slice(at, at + length))
    at += length
  }
  if (at !== content.length) throw malformed('the entry bundle has trailing bytes')
  return entries
}
