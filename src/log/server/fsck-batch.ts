import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { entryFitter } from './fsck-fits.ts'
import { batchRows, eachEntry, field } from './fsck-raw.ts'

/** A published entry bundle that the entries of a batch must lead to: `width` of them from entry `first` on. */
export type DueBundle = { first: number; width: number; path: string }

/** What one batch of {@link eachEntry} is to be asked; `bytes` stays as it is until the answer is there. */
export type BatchTask = { bytes: Uint8Array; bundles: readonly DueBundle[] }

export type BatchAnswer = {
  /** The leaf hashes (RFC 6962), 32 bytes for each entry, in memory that is not used again. */
  hashes: Uint8Array
  /** Places in the batch of the entries that need the slow look. */
  unfit: number[]
  /** Which of the bundles are not there as they must be, by their places. */
  differing: number[]
}

const hashBytes = 32
const leafInput = Buffer.alloc(4096)

/** SHA-256(0x00 || leaf), its bytes as characters (RFC 6962 section 2.1). */
function leafDigest(bytes: Buffer, start: number, end: number): string {
  const length = 1 + end - start
  const input = length <= leafInput.length ? leafInput : Buffer.alloc(length)
  bytes.copy(input, 1, start, end)
  return hash('sha256', input.subarray(0, length), 'binary')
}

function readWhole(path: string): Buffer | null {
  try {
    // Nobody else waits for this thread, and waiting for the disk in the background costs ten times the reading.
    return readFileSync(path)
  } catch {
    return null
  }
}

/** Where each leaf of the batch begins and ends, and the index of its entry. */
type Places = { index: number[]; start: number[]; end: number[] }

/** Whether the file holds exactly these leaves, each behind its length in two bytes (C2SP tlog-tiles). */
function bundleFits(bytes: Buffer, places: Places, { first, width, path }: DueBundle): boolean {
  const from = places.index.indexOf(first)
  const content = readWhole(path)
  if (!content || from < 0 || from + width > places.index.length) return false
  let at = 0
  for (let i = from; i < from + width; i++) {
    const start = places.start[i] ?? 0
    const end = places.end[i] ?? 0
    const length = ((content[at] ?? 0) << 8) | (content[at + 1] ?? 0)
    if (places.index[i] !== first + i - from || length !== end - start) return false
    at += 2 + length
    if (at > content.length || bytes.compare(content, at - length, at, start, end) !== 0) return false
  }
  return at === content.length
}

/** Makes the examination of batches: everything about entries that can be asked of a few of them alone. */
export function batchExaminer(): (task: BatchTask) => BatchAnswer {
  const fits = entryFitter()
  return ({ bytes: given, bundles }) => {
    const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
    const places: Places = { index: [], start: [], end: [] }
    const hashes = Buffer.from(new SharedArrayBuffer(batchRows * hashBytes))
    const unfit: number[] = []
    let place = 0
    for (const entry of eachEntry(bytes)) {
      const start = entry.starts[field.leaf] ?? 0
      const end = entry.ends[field.leaf] ?? 0
      places.index.push(entry.index)
      places.start.push(start)
      places.end.push(end)
      hashes.write(leafDigest(bytes, start, end), place * hashBytes, hashBytes, 'latin1')
      if (!fits(entry)) unfit.push(place)
      place += 1
    }
    const differing: number[] = []
    for (const [i, bundle] of bundles.entries()) if (!bundleFits(bytes, places, bundle)) differing.push(i)
    return { hashes, unfit, differing }
  }
}
