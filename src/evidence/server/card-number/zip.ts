import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl'
import { refuseGrowth } from './inflate.ts'
import { type Bytes, NotInspectable, type Part, type Run, type View } from './run.ts'
import { type Spool, spool } from './spool.ts'
import { isOfWorkbook, isWorkbook, readWorkbook } from './workbook.ts'

class SpoolReader extends RandomAccessReader {
  readonly #stored: Spool

  constructor(stored: Spool) {
    super()
    this.#stored = stored
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#stored.stream(start, end), { objectMode: false })
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const fill = async () => {
      const bytes = await this.#stored.read(position, length)
      if (bytes.length < length) throw new NotInspectable('damaged')
      bytes.copy(buffer, offset)
    }
    fill().then(
      () => callback(null),
      (error) => callback(error),
    )
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}

/** A member's name as it is written, in UTF-8 or else byte by byte; it is shown and never used as a path. */
function nameOf(entry: Entry): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(entry.fileNameRaw)
  } catch {
    return entry.fileNameRaw.toString('latin1')
  }
}

/** Overlapping members are how forty kilobytes become ten gigabytes. The least that a member takes up is asked for. */
function refuseOverlap(entries: readonly Entry[]): void {
  const sorted = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let free = 0
  for (const entry of sorted) {
    if (entry.relativeOffsetOfLocalHeader < free) throw new NotInspectable('overlapping members')
    free = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameRaw.length + entry.compressedSize
  }
}

async function* counted(
  run: Run,
  entry: Entry,
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let output = 0
  for await (const part of stream) {
    output += part.length
    refuseGrowth(run, entry.compressedSize, output)
    yield part
  }
}

type Archive = { entries: ReadonlyMap<string, Entry>; whole: boolean; open(entry: Entry): Promise<Bytes> }

/** The members that an archive lists, up to the limit of parts. Throws when their places cannot be true. */
async function openArchive(run: Run, stored: Spool): Promise<Archive> {
  const zip = await fromRandomAccessReaderPromise(new SpoolReader(stored), stored.size, {
    lazyEntries: true,
    decodeStrings: false,
    validateEntrySizes: true,
    autoClose: false,
  })
  const entries = new Map<string, Entry>()
  let whole = true
  for await (const entry of zip.eachEntry()) {
    run.hurry()
    if (entries.size >= run.limits.parts) {
      whole = false
      break
    }
    // Two members of one name are two members to a guard.
    const name = nameOf(entry)
    entries.set(entries.has(name) ? `${name} (${entries.size})` : name, entry)
  }
  refuseOverlap([...entries.values()])
  return {
    entries,
    whole,
    open: async (entry) => counted(run, entry, await zip.openReadStreamPromise(entry)),
  }
}

async function readMember(run: Run, part: Part, archive: Archive, name: string, entry: Entry): Promise<void> {
  const child = run.child(part, name, { office: part.office })
  try {
    if (entry.isEncrypted()) throw new NotInspectable('encrypted')
    if (!entry.canDecodeFileData()) throw new NotInspectable('unknown format')
    await run.inspect(run, child, await archive.open(entry))
  } catch (error) {
    run.missedFor(child, error)
  }
}

const isOffice = (names: readonly string[]) =>
  names.includes('[Content_Types].xml') || (names.includes('mimetype') && names.includes('content.xml'))

/** The members of a ZIP archive. Documents of office programs are archives of their texts, sheets and pictures. */
export const zip: View = async (run, part, bytes) => {
  const stored = await spool(bytes, run.limits.stored)
  try {
    const archive = await openArchive(run, stored)
    const names = [...archive.entries.keys()]
    const own = { ...part, office: isOffice(names) }
    const workbook = isWorkbook(names)
    if (workbook)
      await readWorkbook(run, part, {
        names,
        open: async (name) => archive.open(archive.entries.get(name) as Entry),
      })
    for (const [name, entry] of archive.entries)
      if (!(workbook && isOfWorkbook(name)) && entry.uncompressedSize > 0)
        await readMember(run, own, archive, name, entry)
    if (!archive.whole) throw new NotInspectable('too many parts')
  } finally {
    await stored.close()
  }
}
