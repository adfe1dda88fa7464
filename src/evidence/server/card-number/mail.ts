import { NotInspectable, type Part, type Run, type View } from './run.ts'
import { Source } from './source.ts'

const longestLine = 64 * 1024
const longestHeaders = 256 * 1024
const deepestParts = 10

/** The lines of a stream, each with its end; a longer line comes in pieces. */
function lineReader(source: Source) {
  let rest: Buffer = Buffer.alloc(0)
  return async (): Promise<Buffer | null> => {
    for (;;) {
      const end = rest.indexOf(0x0a)
      const length = end >= 0 ? end + 1 : rest.length >= longestLine ? longestLine : 0
      if (length > 0) {
        const line = rest.subarray(0, length)
        rest = rest.subarray(length)
        return line
      }
      const more = await source.next()
      if (more === null) {
        const last = rest
        rest = Buffer.alloc(0)
        return last.length > 0 ? last : null
      }
      rest = rest.length === 0 ? Buffer.from(more) : Buffer.concat([rest, more])
    }
  }
}

type Lines = () => Promise<Buffer | null>

async function headersOf(lines: Lines): Promise<ReadonlyMap<string, string>> {
  const headers = new Map<string, string>()
  let size = 0
  let name = ''
  for (let line = await lines(); line !== null; line = await lines()) {
    size += line.length
    if (size > longestHeaders) throw new NotInspectable('damaged')
    const text = line.toString('utf8').replace(/\r?\n$/, '')
    if (text === '') break
    if (/^[ \t]/.test(text)) headers.set(name, `${headers.get(name) ?? ''} ${text.trim()}`)
    else {
      const colon = text.indexOf(':')
      name = text.slice(0, Math.max(0, colon)).toLowerCase()
      if (!headers.has(name)) headers.set(name, text.slice(colon + 1).trim())
    }
  }
  return headers
}

const parameter = (header: string, name: string): string | null => {
  const match = new RegExp(`;\\s*${name}\\*?\\s*=\\s*(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(header)
  return match ? (match[1] ?? match[2] ?? '') : null
}

/** RFC 2045 6.7: `=` at a line's end joins it with the next. */
const quotedPrintable = (line: Buffer): Buffer =>
  Buffer.from(
    line
      .toString('latin1')
      .replace(/[ \t]*(\r?\n)$/, '$1')
      .replace(/=\r?\n$/, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

function base64Decoder() {
  let rest = ''
  return (line: Buffer): Buffer => {
    const text = rest + line.toString('latin1').replace(/[^A-Za-z0-9+/=]/g, '')
    const whole = text.length - (text.length % 4)
    rest = text.slice(whole)
    return Buffer.from(text.slice(0, whole), 'base64')
  }
}

/** Which boundary of those that are open a line is, from the innermost out, and whether it is the last. */
function boundaryAt(line: Buffer, open: readonly string[]): number {
  if (line[0] !== 0x2d || line[1] !== 0x2d) return -1
  const text = line.toString('latin1').trimEnd()
  return open.findLastIndex((one) => text === `--${one}` || text === `--${one}--`)
}

type Reading = { run: Run; part: Part; lines: Lines; count: number }
type End = { boundary: number; last: boolean } | null

/** Reads a part up to the boundary that ends it, which it answers. */
async function readPart(reading: Reading, open: readonly string[], inherited: string): Promise<End> {
  const { run, part, lines } = reading
  const headers = await headersOf(lines)
  const type = headers.get('content-type') ?? inherited
  const boundary = /^multipart\//i.test(type) ? parameter(type, 'boundary') : null
  if (boundary) return readParts(reading, [...open, boundary])
  const disposition = headers.get('content-disposition') ?? ''
  reading.count += 1
  const name = parameter(disposition, 'filename') ?? parameter(type, 'name') ?? `part ${reading.count}`
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase().trim()
  let end: End = null
  async function* body(): AsyncGenerator<Uint8Array> {
    const base64 = base64Decoder()
    for (let line = await lines(); line !== null; line = await lines()) {
      const found = boundaryAt(line, open)
      if (found >= 0) {
        end = { boundary: found, last: line.toString('latin1').trimEnd().endsWith('--') }
        return
      }
      yield encoding === 'base64'
        ? base64(line)
        : encoding === 'quoted-printable'
          ? quotedPrintable(line)
          : line
    }
  }
  const content = new Source(body())
  await run.inspect(run, run.child(part, name, { type: type.split(';')[0]?.trim() ?? '' }), content)
  await content.drain()
  return end
}

async function readParts(reading: Reading, open: readonly string[]): Promise<End> {
  if (open.length > deepestParts) throw new NotInspectable('too deep')
  const own = open.length - 1
  // What stands before the first boundary is for readers without MIME; it is found in the bytes.
  for (let line = await reading.lines(); line !== null; line = await reading.lines()) {
    let found = boundaryAt(line, open)
    let last = line.toString('latin1').trimEnd().endsWith('--')
    while (found === own && !last) {
      const end: End = await readPart(reading, open, 'text/plain')
      if (end === null) return null
      found = end.boundary
      last = end.last
    }
    if (found >= 0 && found < own) return { boundary: found, last }
  }
  return null
}

/** The parts of a message (RFC 5322, MIME): texts and attachments in base64 or quoted-printable. */
export const mail: View = async (run, part, bytes) => {
  const lines = lineReader(new Source(bytes))
  await readPart({ run, part, lines, count: 0 }, [], 'text/plain')
}
