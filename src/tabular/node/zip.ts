import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise } from 'yauzl'
import { refuseWhole } from '../table.ts'

/** What an archive may be at most: members, bytes once unpacked, and how much a member may grow. */
export const zipLimits = { members: 2000, bytes: 200 * 1024 * 1024, ratio: 200, small: 1024 * 1024 } as const

/** The members of a safe archive by name; reading one checks its length and CRC-32. */
export type Archive = { names: readonly string[]; read(name: string): Promise<Buffer> }

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

async function contentOf(stream: AsyncIterable<Buffer>, entry: Entry): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    size += part.length
    if (size > entry.uncompressedSize) unsafe(entry.fileName, 'longer than it says')
    parts.push(part)
  }
  const content = Buffer.concat(parts)
  if (crc32(content) !== entry.crc32) unsafe(entry.fileName, 'its check sum is wrong')
  return content
}

/** Opens an archive after looking at every member; throws `invalid` naming the member that makes it unsafe. */
export async function openArchive(input: Uint8Array): Promise<Archive> {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
  const { zip, entries } = await entriesOf(bytes)
  return {
    names: [...entries.keys()],
    async read(name) {
      const entry = entries.get(name)
      if (!entry) return refuseWhole('tabular.not_a_workbook', { reason: `${name.slice(0, 200)} is missing` })
      return contentOf(await zip.openReadStreamPromise(entry), entry)
    },
  }
}
