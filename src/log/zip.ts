import { decodeUtf8, encodeUtf8 } from '#tlog'
import { crc32 } from './crc32.ts'
import { type ReasonCode, ReasonError } from './reason.ts'

export type ZipFile = { name: string; bytes: Uint8Array }

/** Why an archive was refused; every reader of ours refuses alike, so that no two see different contents. */
export type ZipErrorCode = 'truncated' | 'damaged' | 'unusual' | 'too_large'

export class ZipError extends ReasonError {
  readonly code: ZipErrorCode
  constructor(code: ZipErrorCode, reason: ReasonCode, params: Readonly<Record<string, string>> = {}) {
    super(reason, params)
    this.name = 'ZipError'
    this.code = code
  }
}

export const maxZipBytes = 512 * 1024 * 1024
const maxFiles = 5000

// Signatures and fixed parts of APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
const localSignature = 0x04034b50
const centralSignature = 0x02014b50
const endSignature = 0x06054b50
const localBytes = 30
const centralBytes = 46
const endBytes = 22
const version = 20
const utf8Flag = 0x0800
// 1 January 1980: the earliest that the format can say, so that equal contents give equal archives.
const dosDate = 0x0021

// Plain relative paths only: nothing that a file system or a second reader could take for another path.
const allowedName =
  /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/

function header(fields: readonly [2 | 4, number][], name: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0) + name.length)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += width
  }
  bytes.set(name, at)
  return bytes
}

type Common = { crc: number; size: number; name: Uint8Array }

const common = ({ crc, size, name }: Common): [2 | 4, number][] => [
  [2, version],
  [2, utf8Flag],
  [2, 0],
  [2, 0],
  [2, dosDate],
  [4, crc],
  [4, size],
  [4, size],
  [2, name.length],
  [2, 0],
]

/** An archive of uncompressed files in the order given; the same files give the same bytes. Throws ZipError. */
export function writeZip(files: readonly ZipFile[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { name, bytes } of files) {
    if (!allowedName.test(name)) throw new ZipError('unusual', 'zip_path', { name })
    const entry = { crc: crc32(bytes), size: bytes.length, name: encodeUtf8(name) }
    const local = header([[4, localSignature], ...common(entry)], entry.name)
    const rest: [2 | 4, number][] = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, at],
    ]
    directory.push(header([[4, centralSignature], [2, version], ...common(entry), ...rest], entry.name))
    parts.push(local, bytes)
    at += local.length + bytes.length
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0)
  const count = files.length
  if (at + size + endBytes > maxZipBytes || count > maxFiles)
    throw new ZipError('too_large', 'zip_too_large_made')
  const end: [2 | 4, number][] = [
    [4, endSignature],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, size],
    [4, at],
    [2, 0],
  ]
  parts.push(...directory, header(end, new Uint8Array(0)))
  const whole = new Uint8Array(at + size + endBytes)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/**
 * The files of an archive written by {@link writeZip}. Anything else that ZIP allows (compression, encryption,
 * comments, extra fields, gaps, a second directory, odd names) is refused: hiding places for a second content.
 */
export function readZip(archive: Uint8Array): ZipFile[] {
  if (archive.length > maxZipBytes) throw new ZipError('too_large', 'zip_too_large')
  if (archive.length < endBytes) throw new ZipError('truncated', 'zip_short')
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length)
  const end = archive.length - endBytes
  if (view.getUint32(end, true) !== endSignature) throw truncatedOrForeign(view)
  const count = view.getUint16(end + 8, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  const plain = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 10, true) === count
  if (!plain || view.getUint16(end + 20, true) !== 0 || start + size !== end || count > maxFiles)
    throw new ZipError('unusual', 'zip_parts')
  const files: ZipFile[] = []
  let local = 0
  let central = start
  for (let i = 0; i < count; i++) {
    const { file, next } = readEntry(archive, view, local, start)
    central = checkCentral(archive, view, central, end, local, file)
    if (files.some((other) => other.name === file.name))
      throw new ZipError('unusual', 'zip_twice', { name: file.name })
    files.push(file)
    local = next
  }
  if (local !== start || central !== end) throw new ZipError('unusual', 'zip_stray')
  return files
}

function truncatedOrForeign(view: DataView): ZipError {
  return view.byteLength >= 4 && view.getUint32(0, true) === localSignature
    ? new ZipError('truncated', 'zip_cut')
    : new ZipError('unusual', 'zip_not')
}

function readEntry(archive: Uint8Array, view: DataView, at: number, limit: number) {
  if (at + localBytes > limit || view.getUint32(at, true) !== localSignature)
    throw new ZipError('damaged', 'zip_header')
  const size = view.getUint32(at + 22, true)
  const nameLength = view.getUint16(at + 26, true)
  const from = at + localBytes + nameLength
  const usual =
    view.getUint16(at + 4, true) === version &&
    view.getUint16(at + 6, true) === utf8Flag &&
    view.getUint32(at + 8, true) === 0 &&
    view.getUint16(at + 12, true) === dosDate &&
    view.getUint32(at + 18, true) === size &&
    view.getUint16(at + 28, true) === 0
  if (!usual) throw new ZipError('unusual', 'zip_form')
  if (from + size > limit) throw new ZipError('damaged', 'zip_beyond')
  const name = decodeUtf8(archive.subarray(at + localBytes, from))
  if (!allowedName.test(name)) throw new ZipError('unusual', 'zip_name')
  const bytes = archive.subarray(from, from + size)
  if (crc32(bytes) !== view.getUint32(at + 14, true)) throw new ZipError('damaged', 'zip_damaged', { name })
  return { file: { name, bytes }, next: from + size }
}

/** The directory must say of each file exactly what its own header says. */
function checkCentral(
  archive: Uint8Array,
  view: DataView,
  at: number,
  end: number,
  local: number,
  { name, bytes }: ZipFile,
): number {
  const next = at + centralBytes + encodeUtf8(name).length
  const entry = { crc: crc32(bytes), size: bytes.length, name: encodeUtf8(name) }
  const expected = header(
    [[4, centralSignature], [2, version], ...common(entry), [2, 0], [2, 0], [2, 0], [4, 0], [4, local]],
    entry.name,
  )
  if (next > end || archive.length < next || expected.some((byte, i) => byte !== view.getUint8(at + i)))
    throw new ZipError('damaged', 'zip_directory', { name })
  return next
}
