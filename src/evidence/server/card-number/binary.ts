import { cardDetector } from '../../card-number/detector.ts'
import { NotInspectable, type View } from './run.ts'

// Names in a compound file (MS-CFB, UTF-16) that say that its content is encrypted (MS-OFFCRYPTO).
const encrypted = ['EncryptedPackage', 'EncryptionInfo'].map((name) => Buffer.from(name, 'utf16le'))

// Seen by nobody between two digits.
const softHyphen = 0xad

/** Letters of 16 bits as letters of 8. A loop, because `filter` would call a function for each byte of a large file. */
function narrowed(bytes: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    kept[length] = byte
    length += byte === 0 || byte === softHyphen ? 0 : 1
  }
  return kept.subarray(0, length)
}

/**
 * A format that nobody here reads, such as old office documents. Its texts in 8-bit and 16-bit letters are looked at,
 * which says something when a number is found and nothing when none is.
 */
export const binary: View = async (run, part, bytes) => {
  const narrow = cardDetector()
  let reason: 'encrypted' | 'unknown format' = 'unknown format'
  for await (const piece of bytes) {
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    if (encrypted.some((name) => buffer.includes(name))) reason = 'encrypted'
    if (buffer.includes(0)) narrow.push(narrowed(buffer))
  }
  run.detectedAgain(part, narrow.end(), false)
  throw new NotInspectable(reason)
}
