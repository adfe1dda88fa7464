import { constants, createInflate } from 'node:zlib'
import { inflated } from './inflate.ts'
import { nameOf, numberOf, PdfReader, type PdfValue } from './pdf-value.ts'
import { type Bytes, NotInspectable, type Run } from './run.ts'
import { only } from './source.ts'
import type { Spool } from './spool.ts'

export type PdfObject = {
  number: number
  value: PdfValue
  entries: ReadonlyMap<string, PdfValue>
  data: number | null
}

const window = 64 * 1024
const mostObjects = 500_000
// Objects of object streams that are kept, because others refer to them.
const mostKept = 50_000
const longestObject = 4 * 1024 * 1024
const longestFilter = 16 * 1024 * 1024

const none: ReadonlyMap<string, PdfValue> = new Map()
const entriesOf = (value: PdfValue | null) => (value?.kind === 'dictionary' ? value.entries : none)

/** Where objects and trailers begin, by their words and not by the tables at the end, which a file may lie in. */
async function indexOf(
  run: Run,
  stored: Spool,
): Promise<{ objects: [number, number][]; trailers: number[] }> {
  const objects: [number, number][] = []
  const trailers: number[] = []
  let rest = ''
  let position = 0
  for await (const part of stored.stream(0, stored.size)) {
    run.hurry()
    const text = rest + part.toString('latin1')
    const start = position - rest.length
    let end = 0
    for (const match of text.matchAll(/(?<!\d)(\d{1,10})\s{1,8}\d{1,5}\s{1,8}obj(?=.)|trailer(?=.)/gs)) {
      end = match.index + match[0].length
      if (match[1] === undefined) trailers.push(start + end)
      else objects.push([Number(match[1]), start + end])
    }
    if (objects.length > mostObjects) throw new NotInspectable('too many parts')
    rest = text.slice(Math.max(end, text.length - 48))
    position += part.length
  }
  return { objects, trailers }
}

/** What a cipher of the file hides cannot be inspected (ISO 32000-1 7.6). */
async function refuseEncrypted(file: PdfFile, trailers: readonly number[]): Promise<void> {
  for (const at of trailers) {
    const trailer = await file.read(-1, at)
    if (trailer?.entries.has('Encrypt')) throw new NotInspectable('encrypted')
  }
}

async function* some(stored: Spool, from: number, to: number): AsyncGenerator<Uint8Array> {
  yield* stored.stream(from, to)
}

/** The objects of a PDF file, read one by one where they stand. */
export class PdfFile {
  readonly objects: readonly (readonly [number, number])[]
  readonly #run: Run
  readonly #stored: Spool
  readonly #places: ReadonlyMap<number, number>
  readonly #kept = new Map<number, PdfValue>()

  private constructor(run: Run, stored: Spool, objects: readonly (readonly [number, number])[]) {
    this.#run = run
    this.#stored = stored
    this.objects = objects
    // Of several of one number the last counts; earlier ones are still looked at.
    this.#places = new Map(objects)
  }

  static async open(run: Run, stored: Spool): Promise<PdfFile> {
    const { objects, trailers } = await indexOf(run, stored)
    const file = new PdfFile(run, stored, objects)
    await refuseEncrypted(file, trailers)
    return file
  }

  /** The object whose value begins at a place; null when nothing can be made of it. */
  async read(number: number, place: number): Promise<PdfObject | null> {
    for (let length = 4096; length <= longestObject; length *= 32) {
      const bytes = await this.#stored.read(place, length)
      const reader = new PdfReader(Buffer.concat([bytes, Buffer.from('\n')]))
      const value = reader.next()
      if (value === null && place + length < this.#stored.size) continue
      if (value === null) return null
      const after = bytes.toString('latin1', reader.at, reader.at + 32)
      const begin = /^\s*stream(\r\n|\n|\r)?/.exec(after)
      const data = begin ? place + reader.at + begin[0].length : null
      return { number, value, entries: entriesOf(value), data }
    }
    return null
  }

  /** What a value or the object that it refers to is. */
  async resolve(value: PdfValue | null | undefined, depth = 0): Promise<PdfValue | null> {
    if (value?.kind !== 'reference') return value ?? null
    if (depth > 8) return null
    const kept = this.#kept.get(value.object)
    if (kept) return this.resolve(kept, depth + 1)
    const object = await this.object(value.object)
    return object ? this.resolve(object.value, depth + 1) : null
  }

  async entries(value: PdfValue | null | undefined): Promise<ReadonlyMap<string, PdfValue>> {
    return entriesOf(await this.resolve(value))
  }

  async object(number: number): Promise<PdfObject | null> {
    const place = this.#places.get(number)
    return place === undefined ? null : this.read(number, place)
  }

  async filters(object: PdfObject): Promise<string[]> {
    const filter = await this.resolve(object.entries.get('Filter') ?? object.entries.get('F'))
    return filter?.kind === 'array' ? filter.items.map(nameOf) : filter?.kind === 'name' ? [filter.name] : []
  }

  /** Where the data of a stream end: where its length says if that is true, else before the next `endstream`. */
  async #end(object: PdfObject, from: number): Promise<number> {
    const length = numberOf(await this.resolve(object.entries.get('Length')))
    if (length !== null && length >= 0 && from + length <= this.#stored.size) {
      const after = await this.#stored.read(from + length, 16)
      if (/^\s*endstream/.test(after.toString('latin1'))) return from + length
    }
    for (let at = from; at < this.#stored.size; at += window - 16) {
      this.#run.hurry()
      const found = (await this.#stored.read(at, window)).indexOf('endstream')
      if (found >= 0) return at + found
    }
    return this.#stored.size
  }

  /** The data of a stream without their filters. Throws `unknown format` for a filter that nobody here reads. */
  async data(object: PdfObject): Promise<Bytes> {
    const from = object.data ?? 0
    let bytes: Bytes = some(this.#stored, from, await this.#end(object, from))
    const parameters = await this.entries(object.entries.get('DecodeParms'))
    if ((numberOf(parameters.get('Predictor')) ?? 1) > 1) throw new NotInspectable('unknown format')
    for (const filter of await this.filters(object)) bytes = this.#filtered(filter, bytes)
    return bytes
  }

  #filtered(filter: string, bytes: Bytes): Bytes {
    // Data whose end is missing are read as far as they go.
    const options = { finishFlush: constants.Z_SYNC_FLUSH }
    if (filter === 'FlateDecode' || filter === 'Fl')
      return this.#spent(inflated(this.#run, bytes, createInflate(options)))
    if (filter === 'ASCIIHexDecode' || filter === 'AHx') return decoded(bytes, fromHex)
    if (filter === 'ASCII85Decode' || filter === 'A85') return decoded(bytes, fromAscii85)
    throw new NotInspectable('unknown format')
  }

  async *#spent(bytes: Bytes): AsyncGenerator<Uint8Array> {
    for await (const part of bytes) {
      this.#run.spend(part.length)
      yield part
    }
  }

  /** Reads the objects within an object stream (ISO 32000-1 7.5.7), and keeps those that fonts and pages need. */
  async *unpacked(object: PdfObject): AsyncGenerator<PdfObject> {
    const bytes = await collected(await this.data(object))
    const first = numberOf(object.entries.get('First')) ?? 0
    const head = new PdfReader(Buffer.concat([bytes.subarray(0, first), Buffer.from('\n')]))
    for (;;) {
      const [number, offset] = [numberOf(head.next()), numberOf(head.next())]
      if (number === null || offset === null || offset < 0) return
      const reader = new PdfReader(bytes, first + offset)
      const value = reader.next()
      if (value === null) continue
      const entries = entriesOf(value)
      if (this.#kept.size < mostKept && isNeeded(value, entries)) this.#kept.set(number, value)
      yield { number, value, entries, data: null }
    }
  }
}

const needed = [
  'Font',
  'ToUnicode',
  'Contents',
  'Kids',
  'DescendantFonts',
  'Resources',
  'CIDSystemInfo',
  'XObject',
]

const isNeeded = (value: PdfValue, entries: ReadonlyMap<string, PdfValue>): boolean =>
  value.kind === 'dictionary'
    ? needed.some((key) => entries.has(key)) || nameOf(entries.get('Type')) !== 'StructElem'
    : value.kind === 'array' && value.items.length <= 1000

/** All of a stream that must be known whole. */
export async function collected(bytes: Bytes): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bytes) {
    size += part.length
    if (size > longestFilter) throw new NotInspectable('too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function* decoded(bytes: Bytes, decode: (text: string) => Buffer): AsyncGenerator<Uint8Array> {
  yield* only(decode((await collected(bytes)).toString('latin1')))
}

const fromHex = (text: string): Buffer =>
  Buffer.from((text.split('>')[0] ?? '').replace(/[^0-9A-Fa-f]/g, ''), 'hex')

/** Five signs are four bytes; `z` is four zeros (ISO 32000-1 7.4.3). */
function fromAscii85(text: string): Buffer {
  const out: number[] = []
  let group: number[] = []
  const flush = (count: number) => {
    const value = group.reduce((sum, one) => sum * 85 + one, 0)
    for (let at = 0; at < count; at += 1) out.push(Math.floor(value / 256 ** (3 - at)) & 0xff)
    group = []
  }
  for (const sign of text.replace(/^<~/, '').split('~')[0] ?? '') {
    const code = sign.charCodeAt(0) - 33
    if (sign === 'z' && group.length === 0) out.push(0, 0, 0, 0)
    else if (code >= 0 && code < 85) group.push(code)
    if (group.length === 5) flush(4)
  }
  const count = group.length - 1
  while (count > 0 && group.length < 5) group.push(84)
  if (count > 0) flush(count)
  return Buffer.from(out)
}
