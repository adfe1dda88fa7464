import { shortestNumber } from '../../card-number/brand.ts'
import { isDigit } from '../../card-number/byte-kind.ts'
import type { Part, Run, View } from './run.ts'
import { only } from './source.ts'

// A text of base64 that is longer is decoded and inspected piece by piece.
const longestField = 4 * 1024 * 1024
const shortestField = 16

const inBase64 = new Uint8Array(256)
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=')
  inBase64[sign.charCodeAt(0)] = 1

const containers = ['PK\x03\x04', '%PDF-', '\x1f\x8b', '\xd0\xcf\x11\xe0', '\xff\xfe', '\xfe\xff']

/** Whether decoded bytes are worth a look: a container, or enough digits for a number. */
function isWorthwhile(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 16)
  if (containers.some((one) => start.startsWith(one))) return true
  let digits = 0
  for (const byte of bytes) if (isDigit(byte)) digits += 1
  return digits >= shortestNumber
}

async function inspectField(run: Run, part: Part, bytes: Buffer): Promise<void> {
  if (!isWorthwhile(bytes)) return
  run.spend(0)
  await run.inspect(run, run.child(part, 'base64', { decoded: true }), only(bytes))
}

/** Collects what stands between quotes while it can be base64; `data:` addresses begin after their comma. */
function fields(found: (text: Buffer) => void) {
  let field = Buffer.alloc(1024)
  let length = 0
  let inside = false
  let escaped = false
  let plain = true

  function add(byte: number): void {
    if (inBase64[byte] !== 1) {
      // `data:image/png;base64,` and the line ends of old encoders.
      if (byte === 0x2c) [length, plain] = [0, true]
      else if (byte !== 0x3b && byte !== 0x3a && byte !== 0x2e) plain = false
      return
    }
    if (!plain) return
    if (length === longestField) {
      found(field.subarray(0, length))
      length = 0
    }
    if (length === field.length) {
      const longer = Buffer.alloc(field.length * 2)
      field.copy(longer)
      field = longer
    }
    field[length] = byte
    length += 1
  }

  return (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0
      if (!inside) {
        if (byte === 0x22) [inside, plain, length] = [true, true, 0]
      } else if (escaped) {
        escaped = false
        // `\/` is a slash, `\n` and `\r` are line ends of old encoders.
        if (byte === 0x2f) add(byte)
        else if (byte !== 0x6e && byte !== 0x72) plain = false
      } else if (byte === 0x5c) escaped = true
      else if (byte === 0x22) {
        inside = false
        if (plain && length >= shortestField) found(field.subarray(0, length))
      } else add(byte)
    }
  }
}

/** The base64 fields of JSON, one level deep. What stands in it as text is found in its bytes. */
export const json: View = async (run, part, bytes) => {
  let waiting: Buffer[] = []
  const read = fields((text) => {
    const decoded = Buffer.from(text.toString('latin1'), 'base64')
    if (decoded.length >= shortestNumber) waiting.push(decoded)
  })
  for await (const piece of bytes) {
    read(piece)
    const found = waiting
    waiting = []
    if (!part.decoded) for (const one of found) await inspectField(run, part, one)
  }
}
