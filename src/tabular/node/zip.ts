import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise } from 'yauzl'
import { refuseWhole } from '../table.ts'

/** What an archive may be at most: members, bytes once unpacked, and how much a member may grow. */
export const zipLimits = { members: 2000, bytes: 400 * 1024 * 1024, ratio: 200, small: 1024 * 1024 } as const

/** A member as it is unpacked; its parts end with an error where its length or CRC-32 is not what the archive says. */
export type MemberStream = { size: number; parts: AsyncIterable<Buffer> }

/** The members of a safe archive by name; reading one checks its length and CRC-32. */
export type Archive = {
  names: readonly string[]
  read(name: string): Promise<Buffer>
  /** The same piece by piece: a large sheet is never in memory as a whole. */
  stream(name: string): Promise<MemberStream>
}

const unsafe = (member: string, reason: string): never =>
  refuseWhole('tabular.unsafe_archive', { member: member.slice(0, 200), reason })

const isSymlink = (entry: Entry) => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000

function refuseEntry(entry: Entry): void {
  const name = entry.fileName
  if (isSymlink(entry)) unsafe(name, 'a symbolic link')
  if (entry.isEncrypted()) unsafe(name, 'encrypted')
  const grown = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  // A small member that grows a lot, such as an empty sheet, does no harm.
  if (grown > zipLimits.ratio && entry.uncompressedSize > zipLimits.small)
    unsafe(name, 'compressed beyond reason')
}

/**
 * The bytes that a member's local header and data take up, from the header itself (APPNOTE 4.3.7). A header that is not
 * there or names another member means that checker and reader would see different files.
 */
function extentOf(bytes: Buffer, entry: Entry): { from: number; to: number; name: string } {
  const from = entry.relativeOffsetOfLocalHeader
  if (from + 30 > bytes.length || bytes.readUInt32LE(from) !== 0x04034b50)
    unsafe(entry.fileName, 'no local header')
  const nameLength = bytes.readUInt16LE(from + 26)
  const name = bytes.subarray(from + 30, from + 30 + nameLength)
  if (!name.equals(entry.fileNameRaw)) unsafe(entry.fileName, 'two different names')
  const to = from + 30 + nameLength + bytes.readUInt16LE(from + 28) + entry.compressedSize
  if (to > bytes.length) unsafe(entry.fileName, 'cut off')
  return { from, to, name: entry.fileName }
}

/** Overlapping members are how forty kilobytes become ten gigabytes. */
function refuseOverlap(bytes: Buffer, entries: readonly Entry[]): void {
  const extents = entries.map((entry) => extentOf(bytes, entry)).sort((a, b) => a.from - b.from)
  for (const [index, extent] of extents.entries()) {
    if (extent.to > (extents[index + 1]?.from ?? Number.POSITIVE_INFINITY))
      unsafe(extent.name, 'overlapping members')
  }
}

async function entriesOf(bytes: Buffer) {
  const zip = await fromBufferPromise(bytes, {
    lazyEntries: true,
    strictFileNames: true,
    validateEntrySizes: true,
  })
  if (zip.entryCount > zipLimits.members) unsafe('', `more than ${zipLimits.members} members`)
  const entries = new Map<string, Entry>()
  const folded = new Set<string>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    refuseEntry(entry)
    total += entry.uncompressedSize
    if (total > zipLimits.bytes) unsafe(entry.fileName, `more than ${zipLimits.bytes} bytes once unpacked`)
    const name = entry.fileName.toLowerCase()
    if (folded.has(name)) unsafe(entry.fileName, 'there twice')
    folded.add(name)
    entries.set(entry.fileName, entry)
  }
  refuseOverlap(bytes, [...entries.values()])
  return { zip, entries }
}

async function* checked(stream: AsyncIterable<Buffer>, entry: Entry): AsyncGenerator<Buffer> {
  let size = 0
  let sum = 0
  for await (const part of stream) {
    size += part.length
    if (size > entry.uncompressedSize) unsafe(entry.fileName, 'longer than it says')
    sum = crc32(part, sum)
    yield part
  }
  if (sum !== entry.crc32) unsafe(entry.fileName, 'its check sum is wrong')
}

/** Opens an archive after looking at every member; throws `invalid` naming the member that makes it unsafe. */
export async function openArchive(input: Uint8Array): Promise<Archive> {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
  const { zip, entries } = await entriesOf(bytes)
  const stream = async (name: string): Promise<MemberStream> => {
    const entry = entries.get(name)
    if (!entry) return refuseWhole('tabular.not_a_workbook', { reason: `${name.slice(0, 200)} is missing` })
    return { size: entry.uncompressedSize, parts: checked(await zip.openReadStreamPromise(entry), entry) }
  }
  return {
    names: [...entries.keys()],
    stream,
    async read(name) {
      const parts: Buffer[] = []
      for await (const part of (await stream(name)).parts) parts.push(part)
      return Buffer.concat(parts)
    },
  }
}
