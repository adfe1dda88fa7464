import { NotInspectable, type View } from './run.ts'
import { Source } from './source.ts'

const block = 512
const longestName = 64 * 1024

const text = (header: Buffer, from: number, length: number): string => {
  const field = header.subarray(from, from + length)
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? length : end).toString('utf8')
}

/** A size in octal, or in base 256 where the first bit says so (GNU). */
function sizeOf(header: Buffer): number {
  if (((header[124] ?? 0) & 0x80) !== 0) return Number(header.readBigUInt64BE(128))
  const octal = text(header, 124, 12).trim()
  return /^[0-7]*$/.test(octal) ? Number.parseInt(octal || '0', 8) : Number.NaN
}

/** The sum of a header's bytes, its own field counted as blanks (POSIX.1-1988, ustar). */
export function isHeader(header: Buffer): boolean {
  if (header.length < block) return false
  let sum = 8 * 0x20
  for (const [index, byte] of header.subarray(0, block).entries())
    if (index < 148 || index >= 156) sum += byte
  const said = text(header, 148, 8).trim()
  return /^[0-7]+$/.test(said) && Number.parseInt(said, 8) === sum
}

const pathOf = (records: string): string | null => /(?:^|\n)\d+ path=([^\n]*)/.exec(records)?.[1] ?? null

/** The files of a tar archive (ustar, pax, GNU), one after another as they stream past. */
export const tar: View = async (run, part, bytes) => {
  const source = new Source(bytes)
  let longName: string | null = null
  for (;;) {
    const header = await source.take(block)
    if (header.length === 0 || header.every((byte) => byte === 0)) return
    const size = sizeOf(header)
    if (!isHeader(header) || !Number.isSafeInteger(size) || size < 0) throw new NotInspectable('damaged')
    const padding = (block - (size % block)) % block
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === 'L' || type === 'x') {
      if (size > longestName) throw new NotInspectable('damaged')
      const content = (await source.take(size)).toString('utf8')
      longName = type === 'L' ? (content.split('\0')[0] ?? '') : (pathOf(content) ?? longName)
    } else {
      const prefix = text(header, 345, 155)
      const name = longName ?? (prefix ? `${prefix}/${text(header, 0, 100)}` : text(header, 0, 100))
      longName = null
      let passed = 0
      const body = source.limited(size)
      async function* content() {
        for await (const piece of body) {
          passed += piece.length
          yield piece
        }
      }
      if (size > 0) await run.inspect(run, run.child(part, name), content())
      if (passed < size) throw new NotInspectable('damaged')
    }
    if ((await source.take(padding)).length < padding) throw new NotInspectable('damaged')
  }
}
