import { reach, Scanner } from './scan.ts'
import { type Detection, tally } from './tally.ts'
import { lineEnds } from './word.ts'

/** Takes bytes in parts of any size and says at the end what was found. */
export type CardDetector = { push(part: Uint8Array): void; end(): Detection }

const usualBlock = 64 * 1024

// Blocks of the usual size that nobody uses, all zeros: most files are small, and a new block costs more than a look.
const idle: Uint8Array[] = []
const mostIdle = 16

const blockOf = (size: number): Uint8Array =>
  (size === usualBlock ? idle.pop() : undefined) ?? new Uint8Array(size)

function giveBack(block: Uint8Array): void {
  // The clear number must not stay in memory longer than it is looked at.
  block.fill(0)
  if (block.length === usualBlock && idle.length < mostIdle) idle.push(block)
}

const noBytes = new Uint8Array()

/**
 * Finds card numbers in bytes that come in parts. What is found does not depend on where the parts begin and end: they
 * are copied into blocks of one size, and numbers at the edge of a block wait for the next one. Needs the memory of one
 * block, whatever the length. Text in UTF-8, Shift_JIS, Latin-1 or any other encoding that keeps ASCII is understood.
 * `block` is its size in bytes, at least 512.
 */
export function cardDetector({ block = usualBlock }: { block?: number } = {}): CardDetector {
  // Many a detector is never given a byte.
  let bytes: Uint8Array = noBytes
  let filled = 0
  // Where in the bytes the next number may begin; before it stands what gives it its context.
  let from = 0
  // What stood before the block: bytes, and lines up to `counted`.
  let passed = 0
  let counted = 0
  let line = 1

  function countTo(position: number): number {
    line += lineEnds(bytes, counted, position)
    counted = Math.max(counted, position)
    return line
  }

  const found = tally((start) => ({ line: countTo(start), offset: passed + start }))
  const scanner = new Scanner(found.sink)

  function work(last: boolean): void {
    // Behind the last byte stands what an earlier block left there, which is nobody's neighbour.
    if (last) bytes.fill(0, filled)
    const limit = last ? filled : filled - reach
    // A number that ends behind the limit is not looked at again from its middle.
    const next = Math.max(limit, scanner.scan(bytes, { from, limit, end: filled }))
    countTo(limit)
    const keep = Math.max(0, limit - reach)
    bytes.copyWithin(0, keep, filled)
    filled -= keep
    passed += keep
    counted -= keep
    from = next - keep
  }

  return {
    push(part) {
      if (bytes.length === 0 && part.length > 0) bytes = blockOf(Math.max(512, block))
      for (let at = 0; at < part.length; ) {
        const taken = Math.min(part.length - at, bytes.length - filled)
        bytes.set(part.subarray(at, at + taken), filled)
        filled += taken
        at += taken
        if (filled === bytes.length) work(false)
      }
    },
    end() {
      if (bytes.length > 0) {
        work(true)
        giveBack(bytes)
        bytes = noBytes
        filled = 0
      }
      return found.result()
    },
  }
}
