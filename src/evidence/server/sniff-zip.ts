const endSignature = 0x06054b50
const centralSignature = 0x02014b50

/**
 * Names of a ZIP file's members, read from the central directory near its end (APPNOTE 4.3.12 and 4.3.16). Only for
 * telling one kind of container from another: a directory that is cut off or lies gives fewer names, never an error.
 */
export function memberNames(tail: Uint8Array): string[] {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength)
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endSignature) return []
  const size = bytes.readUInt32LE(end + 12)
  const names: string[] = []
  for (let at = end - size; at >= 0 && at + 46 <= end && bytes.readUInt32LE(at) === centralSignature; ) {
    const nameLength = bytes.readUInt16LE(at + 28)
    names.push(bytes.toString('utf8', at + 46, at + 46 + nameLength))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return names
}
