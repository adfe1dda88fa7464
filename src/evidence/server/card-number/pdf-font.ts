import { collected, type PdfFile } from './pdf-file.ts'
import { nameOf, numberOf, PdfReader, type PdfValue, textOf } from './pdf-value.ts'

/** Text of a string in content, and its width in units of the font's size. */
export type Shown = { text: string; width: number }

export type PdfFont = {
  show(bytes: Buffer): Shown
  /** False when nothing says which letters its codes stand for. */
  readable: boolean
}

const mostMapped = 100_000

type Codes = ReadonlyMap<number, string>

const codeOf = (bytes: Buffer): number => bytes.subarray(0, 4).reduce((sum, byte) => sum * 256 + byte, 0)
const utf16 = (bytes: Buffer): string => new TextDecoder('utf-16be').decode(bytes)

function mapRange(codes: Map<number, string>, from: number, to: number, target: PdfValue): void {
  for (let code = from; code <= to && codes.size < mostMapped; code += 1) {
    if (target.kind === 'array') {
      const item = target.items[code - from]
      if (item?.kind === 'string') codes.set(code, utf16(item.bytes))
    } else if (target.kind === 'string') {
      const bytes = Buffer.from(target.bytes)
      const last = bytes.length - 1
      const sum = (bytes[last] ?? 0) + code - from
      if (last >= 0) bytes[last] = sum & 0xff
      if (last >= 1) bytes[last - 1] = ((bytes[last - 1] ?? 0) + (sum >> 8)) & 0xff
      codes.set(code, utf16(bytes))
    }
  }
}

/** Reads a ToUnicode CMap (ISO 32000-1 9.10.3): which text each code stands for, and how many bytes a code has. */
function readCMap(bytes: Buffer): { codes: Codes; wide: boolean } {
  const reader = new PdfReader(Buffer.concat([bytes, Buffer.from('\n')]))
  const codes = new Map<number, string>()
  let wide = false
  let operands: PdfValue[] = []
  const string = (at: number) => {
    const value = operands[at]
    return value?.kind === 'string' ? value.bytes : Buffer.alloc(0)
  }
  for (let value = reader.next(); value !== null; value = reader.next()) {
    if (value.kind !== 'word') {
      operands.push(value)
      if (operands.length > mostMapped) return { codes, wide }
      continue
    }
    if (value.word === 'endcodespacerange') wide = string(0).length > 1
    if (value.word === 'endbfchar')
      for (let at = 0; at + 1 < operands.length && codes.size < mostMapped; at += 2)
        codes.set(codeOf(string(at)), utf16(string(at + 1)))
    if (value.word === 'endbfrange')
      for (let at = 0; at + 2 < operands.length; at += 3)
        mapRange(codes, codeOf(string(at)), codeOf(string(at + 1)), operands[at + 2] as PdfValue)
    operands = []
  }
  return { codes, wide }
}

const glyphs: ReadonlyMap<string, string> = new Map([
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map(
    (name, digit) => [name, String(digit)] as const,
  ),
  ['space', ' '],
  ['nbspace', ' '],
  ['hyphen', '-'],
  ['minus', '-'],
  ['endash', '-'],
  ['period', '.'],
  ['colon', ':'],
  ['slash', '/'],
])

/** A glyph's text by its name (Adobe Glyph List for New Fonts): names of letters are the letters. */
function glyph(name: string): string {
  const base = name.split('.')[0] ?? ''
  const code = /^uni([0-9A-F]{4})$|^u([0-9A-F]{4,6})$/.exec(base)
  if (code) return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code[1] ?? code[2] ?? '', 16)))
  return glyphs.get(base) ?? (base.length === 1 ? base : '\ufffd')
}

/** Names that say nothing, such as `g27`, stand for letters that only the picture of the glyph shows. */
const isNameless = (name: string): boolean =>
  /^[A-Za-z]{1,5}\d+$/.test(name) && !/^u(ni)?[0-9A-F]{4,6}$/.test(name)

async function differences(
  file: PdfFile,
  encoding: PdfValue | null,
): Promise<{ codes: Codes; nameless: boolean }> {
  const codes = new Map<number, string>()
  let nameless = false
  const list =
    encoding?.kind === 'dictionary' ? await file.resolve(encoding.entries.get('Differences')) : null
  let code = 0
  for (const item of list?.kind === 'array' ? list.items : []) {
    if (item.kind === 'number') code = item.number
    if (item.kind !== 'name') continue
    codes.set(code, glyph(item.name))
    nameless ||= isNameless(item.name)
    code += 1
  }
  return { codes, nameless }
}

type Entries = ReadonlyMap<string, PdfValue>

/** The encoding built into a Type 1 font, which stands in its part in the clear (Adobe Type 1 Font Format 2.2). */
async function builtIn(file: PdfFile, descriptor: Entries): Promise<Codes | null> {
  const value = descriptor.get('FontFile')
  const object = value?.kind === 'reference' ? await file.object(value.object) : null
  if (object?.data == null) return null
  const text = (await collected(await file.data(object))).toString('latin1')
  const clear = text.slice(0, text.indexOf('eexec'))
  const codes = new Map<number, string>()
  for (const [, code, name] of clear.matchAll(/dup\s+(\d{1,3})\s*\/(\S{1,60})\s+put/g))
    codes.set(Number(code), glyph(name ?? ''))
  return codes.size > 0 || /\/Encoding\s+StandardEncoding/.test(clear) ? codes : null
}

async function toUnicode(file: PdfFile, font: Entries): Promise<{ codes: Codes; wide: boolean } | null> {
  const value = font.get('ToUnicode')
  if (value?.kind !== 'reference') return null
  const object = await file.object(value.object)
  return object?.data == null ? null : readCMap(await collected(await file.data(object)))
}

const usualWidth = (base: string): number =>
  /courier|mono/i.test(base) ? 0.6 : /times|serif/i.test(base) ? 0.5 : 0.556

async function simpleWidths(file: PdfFile, font: Entries): Promise<(code: number) => number> {
  const first = numberOf(await file.resolve(font.get('FirstChar'))) ?? 0
  const list = await file.resolve(font.get('Widths'))
  const usual = usualWidth(nameOf(font.get('BaseFont')))
  const widths = list?.kind === 'array' ? list.items.map((item) => numberOf(item)) : []
  return (code) => {
    const width = widths[code - first]
    return width === null || width === undefined || width <= 0 ? usual : width / 1000
  }
}

/** A font with one byte for each code. */
async function simpleFont(file: PdfFile, font: Entries): Promise<PdfFont> {
  const mapped = await toUnicode(file, font)
  const encoding = await file.resolve(font.get('Encoding'))
  const own = await differences(file, encoding)
  const width = await simpleWidths(file, font)
  const descriptor = await file.entries(font.get('FontDescriptor'))
  const inFont = mapped ? null : await builtIn(file, descriptor)
  const textOfCode = (code: number): string =>
    mapped?.codes.get(code) ?? own.codes.get(code) ?? inFont?.get(code) ?? String.fromCharCode(code)
  const symbolic = ((numberOf(descriptor.get('Flags')) ?? 0) & 4) !== 0
  const subset = /^[A-Z]{6}\+/.test(nameOf(font.get('BaseFont')))
  const known =
    mapped !== null || (!own.nameless && !(symbolic && subset && encoding === null && inFont === null))
  return {
    readable: known,
    show(bytes) {
      const shown = { text: '', width: 0 }
      for (const code of bytes) {
        shown.text += textOfCode(code)
        shown.width += width(code)
      }
      return shown
    },
  }
}

// In the character collections of Adobe for Chinese, Japanese and Korean, these numbers are ASCII from the blank on.
const collections = /^(Japan1|GB1|CNS1|Korea1|KR)$/

const ofCollection = (cid: number, ordering: string): string | undefined => {
  if (cid >= 1 && cid <= 95) return String.fromCharCode(cid + 31)
  return ordering === 'Japan1' && cid >= 231 && cid <= 325 ? String.fromCharCode(cid - 199) : undefined
}

/** Widths by character number (ISO 32000-1 9.7.4.3). */
async function wideWidths(file: PdfFile, descendant: Entries): Promise<(code: number) => number> {
  const usual = (numberOf(await file.resolve(descendant.get('DW'))) ?? 1000) / 1000
  const list = await file.resolve(descendant.get('W'))
  const widths = new Map<number, number>()
  const items = list?.kind === 'array' ? list.items : []
  for (let at = 0; at < items.length && widths.size < mostMapped; ) {
    const first = numberOf(items[at]) ?? 0
    const second = items[at + 1]
    const inner = second?.kind === 'reference' ? await file.resolve(second) : second
    if (inner?.kind === 'array') {
      for (const [index, item] of inner.items.entries())
        widths.set(first + index, (numberOf(item) ?? 0) / 1000)
      at += 2
    } else {
      const [to, width] = [numberOf(inner) ?? first, (numberOf(items[at + 2]) ?? 0) / 1000]
      for (let code = first; code <= to && code - first < 65_536; code += 1) widths.set(code, width)
      at += 3
    }
  }
  return (code) => widths.get(code) ?? usual
}

/** A composite font, mostly with two bytes for each code (ISO 32000-1 9.7). */
async function compositeFont(file: PdfFile, font: Entries): Promise<PdfFont> {
  const mapped = await toUnicode(file, font)
  const encoding = nameOf(await file.resolve(font.get('Encoding')))
  const list = await file.resolve(font.get('DescendantFonts'))
  const descendant = await file.entries(list?.kind === 'array' ? list.items[0] : null)
  const ordering = textOfValue((await file.entries(descendant.get('CIDSystemInfo'))).get('Ordering'))
  const width = await wideWidths(file, descendant)
  const identity = encoding.startsWith('Identity')
  const unicode = /UCS2|UTF16/.test(encoding)
  // Encodings of the East that keep ASCII: Shift_JIS, EUC, GBK, Big Five.
  const multibyte = !mapped && !identity && !unicode && encoding !== ''
  const wide = mapped ? mapped.wide || identity : !multibyte
  const textOfCode = (code: number): string =>
    mapped?.codes.get(code) ??
    (unicode ? String.fromCharCode(code) : (ofCollection(code, identity ? ordering : '') ?? '\ufffd'))
  return {
    readable: mapped !== null || unicode || multibyte || collections.test(ordering),
    show(bytes) {
      if (multibyte) return { text: bytes.toString('latin1'), width: bytes.length * 0.5 }
      const shown = { text: '', width: 0 }
      for (let at = 0; at + (wide ? 1 : 0) < bytes.length; at += wide ? 2 : 1) {
        const code = wide ? bytes.readUInt16BE(at) : (bytes[at] ?? 0)
        shown.text += textOfCode(code)
        shown.width += width(code)
      }
      return shown
    },
  }
}

const textOfValue = (value: PdfValue | undefined): string =>
  value?.kind === 'string' ? textOf(value.bytes) : ''

/** What a font's codes mean, as far as the file says. */
export async function readFont(file: PdfFile, font: Entries): Promise<PdfFont> {
  return nameOf(font.get('Subtype')) === 'Type0' ? compositeFont(file, font) : simpleFont(file, font)
}
