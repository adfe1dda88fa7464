import { narrowDetector } from '../../card-number/narrow.ts'
import { NotInspectable, type View } from './run.ts'

// Names in a compound file (MS-CFB, UTF-16) that say that its content is encrypted (MS-OFFCRYPTO).
const encrypted = ['EncryptedPackage', 'EncryptionInfo'].map((name) => Buffer.from(name, 'utf16le'))

/**
 * A format that nobody here reads, such as old office documents. Its texts in 8-bit and 16-bit letters are looked at,
 * which says something when a number is found and nothing when none is.
 */
export const binary: View = async (run, part, bytes) => {
  const narrow = narrowDetector()
  let reason: 'encrypted' | 'unknown format' = 'unknown format'
  for await (const piece of bytes) {
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    if (encrypted.some((name) => buffer.includes(name))) reason = 'encrypted'
    narrow.push(piece)
  }
  run.detectedAgain(part, narrow.end(), false)
  throw new NotInspectable(reason)
}
