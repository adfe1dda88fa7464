import { contentText } from './pdf-content.ts'
import { PdfFile, type PdfObject } from './pdf-file.ts'
import { type PdfFont, readFont } from './pdf-font.ts'
import { readPages } from './pdf-page.ts'
import { nameOf, type PdfValue, textsOf } from './pdf-value.ts'
import { NotInspectable, type Part, type Run, type View } from './run.ts'
import { spool } from './spool.ts'
import { textDetector } from './text.ts'

type Entries = ReadonlyMap<string, PdfValue>

const pictureFilters = new Set(['DCTDecode', 'DCT', 'JPXDecode', 'CCITTFaxDecode', 'CCF', 'JBIG2Decode'])
const mostFonts = 2000

/** What a stream is for, by its dictionary. */
async function purposeOf(file: PdfFile, { entries }: PdfObject, filters: readonly string[]) {
  const type = nameOf(await file.resolve(entries.get('Type')))
  const subtype = nameOf(await file.resolve(entries.get('Subtype')))
  if (type === 'ObjStm') return 'objects'
  if (type === 'EmbeddedFile') return 'file'
  if (subtype === 'Image' || filters.some((one) => pictureFilters.has(one))) return 'picture'
  const silent = ['Length1', 'FunctionType', 'ShadingType', 'N', 'Alternate'].some((key) => entries.has(key))
  if (type === 'XRef' || silent || /^(Type1C|CIDFontType0C|OpenType)$/.test(subtype)) return 'silent'
  return type === 'Metadata' ? 'text' : 'content'
}

/** One reading of a PDF file. */
class Reading {
  readonly run: Run
  readonly part: Part
  readonly file: PdfFile
  readonly #fonts = new Map<string, PdfFont | null>()
  readonly #done = new Set<number>()
  readonly #missed = new Set<string>()
  readonly #resources: Entries[] = []
  pictures = false

  constructor(run: Run, part: Part, file: PdfFile) {
    this.run = run
    this.part = part
    this.file = file
  }

  /** Says once what cannot be read, not for every font and stream of a file. */
  missed(error: unknown, page?: number): void {
    if (this.run.failure) throw this.run.failure.error
    const reason = error instanceof NotInspectable ? error.reason : 'damaged'
    if (reason === 'too slow' || reason === 'too large') throw error
    if (this.#missed.has(reason)) return
    this.#missed.add(reason)
    this.run.missed(this.part, reason, page, false)
  }

  async #fontOf(resources: Entries, name: string): Promise<PdfFont | null> {
    const fonts = await this.file.entries(resources.get('Font'))
    const value = fonts.get(name)
    if (!value) return null
    const key = value.kind === 'reference' ? String(value.object) : null
    const known = key === null ? undefined : this.#fonts.get(key)
    if (known !== undefined) return known
    const font = await readFont(this.file, await this.file.entries(value)).catch((error: unknown) => {
      this.missed(error)
      return null
    })
    if (key !== null && this.#fonts.size < mostFonts) this.#fonts.set(key, font)
    return font
  }

  /** A font by its name in the resources at hand, else in those of any page. */
  async #font(resources: Entries, name: string): Promise<PdfFont | null> {
    for (const one of [resources, ...this.#resources]) {
      const font = await this.#fontOf(one, name)
      if (font) return font
    }
    return null
  }

  /** Reads content streams one after another as the content of one page or form; answers whether they show anything. */
  async content(streams: readonly PdfObject[], resources: Entries, page?: number): Promise<void> {
    const found = textDetector()
    let shows = false
    let painted = false
    const forms: PdfObject[] = []
    const text = contentText({
      font: async (name) => {
        const font = await this.#font(resources, name)
        if (font && !font.readable) this.missed(new NotInspectable('unreadable text'), page)
        return font
      },
      text: (piece) => {
        shows ||= piece.trim() !== ''
        found.push(piece)
      },
      painted: async (name) => {
        const value = (await this.file.entries(resources.get('XObject'))).get(name)
        const object = value?.kind === 'reference' ? await this.file.object(value.object) : null
        if (nameOf(object?.entries.get('Subtype')) === 'Form' && object) forms.push(object)
        else painted = true
      },
      hurry: () => this.run.hurry(),
    })
    for (const stream of streams) {
      if (this.#done.has(stream.data ?? 0)) continue
      this.#done.add(stream.data ?? 0)
      try {
        for await (const piece of await this.file.data(stream)) await text.push(piece)
      } catch (error) {
        this.missed(error, page)
      }
      await text.end()
    }
    found.report(this.run, this.part, page === undefined ? {} : { page })
    if (painted && !shows && forms.length === 0 && page !== undefined)
      this.missed(new NotInspectable('picture'), page)
    for (const form of forms.slice(0, 1000)) {
      const own = form.entries.has('Resources')
        ? await this.file.entries(form.entries.get('Resources'))
        : resources
      if (!this.#done.has(form.data ?? 0)) await this.content([form], own, page)
    }
  }

  /** The pages in their order. */
  async pages(pages: ReadonlyMap<number, Entries>, nodes: ReadonlyMap<number, Entries>): Promise<void> {
    const read = await readPages(this.file, pages, nodes)
    this.#resources.push(...read.slice(0, 50).map(({ resources }) => resources))
    for (const { number, resources, contents } of read) {
      const streams: PdfObject[] = []
      for (const content of contents) {
        const object = await this.file.object(content)
        if (object?.data != null) streams.push(object)
      }
      await this.content(streams, resources, number)
    }
  }

  /** A stream that no page has led to: attached files, descriptions, forms, content that a later version left out. */
  async stream(object: PdfObject): Promise<void> {
    const filters = await this.file.filters(object)
    const purpose = await purposeOf(this.file, object, filters)
    if (purpose === 'picture') this.pictures = true
    if (purpose === 'file') {
      const child = this.run.child(this.part, 'attachment')
      await this.run.inspect(this.run, child, await this.file.data(object))
    }
    if (purpose === 'text') {
      const found = textDetector()
      for await (const piece of await this.file.data(object)) found.push(Buffer.from(piece).toString('utf8'))
      this.run.detectedAgain(this.part, found.end(), false)
    }
    if (purpose === 'content' && !this.#done.has(object.data ?? 0))
      await this.content([object], await this.file.entries(object.entries.get('Resources')))
  }
}

/** Looks at the texts of all objects, such as the fields of a form, and collects the pages. */
async function readObjects(reading: Reading) {
  const { file } = reading
  const found = textDetector()
  const pages = new Map<number, Entries>()
  const nodes = new Map<number, Entries>()
  const streams: [number, number][] = []
  const look = (object: PdfObject) => {
    for (const text of textsOf(object.value)) found.push(`${text}\n`)
    const type = nameOf(object.entries.get('Type'))
    if (type === 'Page') pages.set(object.number, object.entries)
    if (type === 'Pages') nodes.set(object.number, object.entries)
  }
  for (const [number, place] of file.objects) {
    reading.run.hurry()
    const object = await file.read(number, place)
    if (!object) {
      reading.missed(new NotInspectable('damaged'))
      continue
    }
    if (object.entries.has('Encrypt')) throw new NotInspectable('encrypted')
    look(object)
    if (object.data === null) continue
    if (nameOf(object.entries.get('Type')) !== 'ObjStm') streams.push([number, place])
    else
      try {
        for await (const inner of file.unpacked(object)) look(inner)
      } catch (error) {
        reading.missed(error)
      }
  }
  found.report(reading.run, reading.part)
  return { pages, nodes, streams }
}

/**
 * The text of a PDF file (ISO 32000-1): pages, forms and their fields, notes, attached files, and what earlier versions
 * left in the file. Pictures are not looked into; neither are fonts whose codes nothing explains.
 */
export const pdf: View = async (run, part, bytes) => {
  const stored = await spool(bytes, run.limits.stored)
  try {
    const file = await PdfFile.open(run, stored)
    const reading = new Reading(run, part, file)
    const { pages, nodes, streams } = await readObjects(reading)
    await reading.pages(pages, nodes)
    for (const [number, place] of streams) {
      run.hurry()
      const object = await file.read(number, place)
      if (!object) continue
      await reading.stream(object).catch((error: unknown) => reading.missed(error))
    }
    if (file.objects.length === 0) throw new NotInspectable('damaged')
    if (reading.pictures) run.missed(part, 'picture', undefined, true)
  } finally {
    await stored.close()
  }
}
