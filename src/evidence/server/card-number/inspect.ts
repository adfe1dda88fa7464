import { PassThrough, Transform } from 'node:stream'
import { contentOf } from '../../card-number/cell.ts'
import { cardDetector } from '../../card-number/detector.ts'
import { maskedName, type Verdict } from '../../card-number/finding.ts'
import { binary } from './binary.ts'
import { csv } from './csv.ts'
import { gzip, zstd } from './gzip.ts'
import { json } from './json.ts'
import { headLength, type Kind, kindOf } from './kind.ts'
import { mail } from './mail.ts'
import { markup } from './markup.ts'
import { pdf } from './pdf.ts'
import { type Limits, NotInspectable, type Part, Run, usualLimits, type View } from './run.ts'
import { Source } from './source.ts'
import { tar } from './tar.ts'
import { plainText, utf16be, utf16le } from './text.ts'
import { zip } from './zip.ts'

const refused =
  (reason: 'picture' | 'encrypted' | 'unknown format'): View =>
  async () => {
    throw new NotInspectable(reason)
  }

const views: Readonly<Record<Kind, View>> = {
  zip,
  gzip,
  zstd,
  tar,
  pdf,
  utf16le,
  utf16be,
  mail,
  json,
  csv,
  markup,
  text: plainText,
  picture: refused('picture'),
  font: async () => undefined,
  encrypted: refused('encrypted'),
  binary,
}

/** Kinds whose bytes hold nothing that their view does not see, or see better. */
const viewedWhole = new Set<Kind>(['utf16le', 'utf16be', 'csv', 'gzip', 'zstd'])

/** Kinds whose view may hold on to bytes after it has asked for more, as a decompressor does. */
const keeping = new Set<Kind>(['zip', 'gzip', 'zstd', 'tar', 'pdf', 'mail'])

const endRecord = Buffer.from('PK\x05\x06', 'latin1')
const tailLength = 66 * 1024

/** The last bytes of a stream, to see an archive that begins with something else. */
function tailKeeper() {
  // Copies, because the bytes may not be there any more when the file ends; in one place, or each would be garbage.
  let kept = new Uint8Array()
  let length = 0

  /** Room behind what stays of the bytes before. */
  function makeRoom(size: number): void {
    const stays = Math.min(length, Math.max(0, tailLength - size))
    const before = kept.subarray(length - stays, length)
    // Most files are one part.
    if (stays + size > kept.length) kept = new Uint8Array(length === 0 ? size : 2 * tailLength)
    kept.set(before)
    length = stays
  }

  return {
    push(part: Uint8Array): void {
      const last = part.length > tailLength ? part.subarray(-tailLength) : part
      if (length + last.length > kept.length) makeRoom(last.length)
      kept.set(last, length)
      length += last.length
    },
    /** Whether an end record stands there whose comment ends with the file (APPNOTE 4.3.16). */
    hasArchive(): boolean {
      const tail = Buffer.from(kept.buffer, 0, length)
      const at = tail.lastIndexOf(endRecord)
      if (at < 0 || at + 22 > tail.length) return false
      return tail.readUInt16LE(at + 10) > 0 && at + 22 + tail.readUInt16LE(at + 20) <= tail.length
    },
  }
}

/** Numbers in names are found there, and shown nowhere whole. */
function inspectName(run: Run, part: Part): void {
  const { candidates } = contentOf(part.name)
  const members = part.members.length > 0 ? part.members : [maskedName(part.name)]
  const findings = candidates.map(({ tier, brand, masked, track }) => ({
    tier,
    brand,
    masked,
    track,
    line: 1,
    offset: 0,
  }))
  const counts = { high: 0, low: 0, test: 0 }
  for (const { tier } of candidates) counts[tier] += 1
  if (candidates.length > 0) run.detected({ ...part, members }, { findings, counts }, { name: true }, false)
}

/** Looks into one part: its bytes as they are, and what its kind makes of them. */
const inspectPart: View = async (run, part, bytes) => {
  inspectName(run, part)
  const source = new Source(bytes)
  const kind = kindOf(await source.peek(headLength), part)
  if (part.depth === 0 && !keeping.has(kind)) run.copies = false
  const raw = viewedWhole.has(kind) ? null : cardDetector()
  const tail = kind === 'zip' ? null : tailKeeper()
  let viewing = true
  async function* watched(): AsyncGenerator<Uint8Array> {
    for (let piece = await source.next(); piece !== null; piece = await source.next()) {
      if (part.depth > 0) run.spend(piece.length)
      if (viewing) run.hurry()
      raw?.push(piece)
      tail?.push(piece)
      yield piece
    }
  }
  let passing = new Source(watched())
  try {
    await views[kind](run, part, passing)
    await passing.drain()
  } catch (error) {
    run.missedFor(part, error)
    viewing = false
    // A part of a container ends here; of the file itself the rest is looked at as bytes.
    if (part.depth === 0) {
      passing = new Source(watched())
      await passing.drain()
    }
  }
  if (raw) {
    const found = raw.end()
    if (kind === 'text') run.detected(part, found)
    else run.detectedAgain(part, found)
  }
  if (tail?.hasArchive()) run.missed(part, 'hidden archive')
}

export type InspectOptions = {
  limits?: Partial<Limits>
  /** A clock in milliseconds for the limit of time. */
  now?: () => number
  /** A chunk is only there until the next is asked for: what is needed for longer is copied. */
  reused?: boolean
}

/** The bytes from outside; when they break off, that is known to be no fault of the file. */
async function* outside(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  run: Run,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) yield run.copies ? Uint8Array.prototype.slice.call(chunk) : chunk
  } catch (error) {
    run.failure = { error }
    throw error
  }
}

/**
 * Looks for card numbers in a file while it streams past, and in whatever it contains. `name` and `type` (a media type)
 * help to read texts; what a file is decides its content. Takes as many bytes as `chunks` gives; a file of any size
 * needs the memory of a few blocks. Throws only what `chunks` throws: a file that cannot be read has the verdict
 * `not inspected` with the reason. No digit that PCI DSS 3.4.1 hides leaves this function, nor is one written anywhere.
 */
export async function inspectStream(
  name: string,
  type: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: InspectOptions = {},
): Promise<Verdict> {
  const run = new Run(
    { ...usualLimits, ...options.limits },
    options.now ?? (() => performance.now()),
    inspectPart,
  )
  run.copies = options.reused ?? false
  const part: Part = { name, type, members: [], depth: 0, decoded: false, office: false }
  try {
    await inspectPart(run, part, outside(chunks, run))
  } catch (error) {
    if (run.failure) throw run.failure.error
    run.missedFor(part, error)
  }
  return run.verdict()
}

/**
 * Looks at what is written through `stream` and hands it on unchanged. The stream ends when the verdict is there, and
 * `verdict` rejects when the stream is destroyed before.
 */
export function inspectPassing(
  name: string,
  type: string,
  options: InspectOptions = {},
): { stream: Transform; verdict: Promise<Verdict> } {
  const branch = new PassThrough()
  const verdict = inspectStream(name, type, branch, options)
  // Whoever waits for the verdict hears of it; nobody needs to.
  verdict.catch(() => undefined)
  const stream = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      if (branch.write(chunk)) done(null, chunk)
      else branch.once('drain', () => done(null, chunk))
    },
    flush(done) {
      branch.end()
      verdict.then(
        () => done(),
        (error) => done(error),
      )
    },
    destroy(error, done) {
      if (!branch.writableEnded) branch.destroy(error ?? new Error('the stream was destroyed before its end'))
      done(error)
    },
  })
  return { stream, verdict }
}
