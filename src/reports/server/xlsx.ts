import writeWorkbook, { type SheetData } from 'write-excel-file/node'
import { fromBuffer } from 'yauzl'
import { ZipFile } from 'yazl'
import { contentDigest } from '../digest.ts'
import { frameFacts } from '../printed.ts'
import { type Report, type TableBlock, tablesOf } from '../report.ts'
import { wordsFor } from '../words.ts'

/** A name that a sheet may have (ECMA-376 18.2.19): at most 31 characters, none of seven, and each once. */
function sheetNames(titles: readonly string[]): string[] {
  const taken = new Set<string>()
  return titles.map((title) => {
    const base =
      title
        .replace(/[[\]:*?/\\]/g, ' ')
        .trim()
        .slice(0, 31) || 'Table'
    let name = base
    for (let next = 2; taken.has(name.toLowerCase()); next++) {
      const mark = ` ${next}`
      name = base.slice(0, 31 - mark.length) + mark
    }
    taken.add(name.toLowerCase())
    return name
  })
}

// A spreadsheet program refuses longer cells (ECMA-376: 32,767 characters).
const longest = 32_767

const textCell = (value: string, fontWeight?: 'bold') => ({
  value: value.slice(0, longest),
  type: String,
  wrap: true,
  ...(fontWeight ? { fontWeight } : {}),
})

function tableSheet(table: TableBlock): SheetData {
  const head = table.columns.map((column) => textCell(column.label, 'bold'))
  const rows = table.rows.map((row) =>
    row.map((cell) =>
      cell === null ? null : typeof cell === 'number' ? { value: cell, type: Number } : textCell(cell),
    ),
  )
  return [head, ...rows]
}

function aboutSheet(report: Report): SheetData {
  const facts = [
    { label: wordsFor(report.language).about, value: `${report.title}: ${report.subject}` },
    ...frameFacts(report),
    ...report.blocks.flatMap((block) => (block.kind === 'facts' ? block.items : [])),
    ...report.blocks.flatMap((block) =>
      block.kind === 'text' || block.kind === 'note' ? [{ label: '', value: block.text }] : [],
    ),
    { label: wordsFor(report.language).digest, value: contentDigest(report) },
  ]
  return facts.map(({ label, value }) => [textCell(label, 'bold'), textCell(value)])
}

type Entry = { name: string; bytes: Buffer }

/** Every file of a ZIP that this program itself made. */
const unpacked = (zip: Buffer): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => {
      if (error || !file) return reject(error)
      const entries: Entry[] = []
      file.on('error', reject)
      file.on('end', () => resolve(entries))
      file.on('entry', (entry) => {
        file.openReadStream(entry, (failed, stream) => {
          if (failed || !stream) return reject(failed)
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('error', reject)
          stream.on('end', () => {
            entries.push({ name: entry.fileName, bytes: Buffer.concat(parts) })
            file.readEntry()
          })
        })
      })
      file.readEntry()
    })
  })

// The first instant that a ZIP can say: equal reports are equal bytes, whenever they are written.
const never = new Date(1980, 0, 1, 0, 0, 0)

/** The same workbook without the time at which it was written. */
async function timeless(zip: Buffer): Promise<Uint8Array> {
  const out = new ZipFile()
  for (const { name, bytes } of (await unpacked(zip)).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const text = name.endsWith('core.xml')
      ? Buffer.from(bytes.toString('utf8').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '1980-01-01T00:00:00Z'))
      : bytes
    out.addBuffer(text, name, { mtime: never, mode: 0o100644 })
  }
  out.end()
  const parts: Buffer[] = []
  for await (const part of out.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** A report as a workbook: what it is about first, then a sheet for each of its tables. */
export async function workbookOf(report: Report): Promise<Uint8Array> {
  const tables = tablesOf(report)
  const [about = '', ...names] = sheetNames([
    wordsFor(report.language).about,
    ...tables.map((table) => table.title || table.key),
  ])
  const widths = (table: TableBlock) =>
    table.columns.map(({ share }) => ({ width: share === null ? 14 : Math.round(14 + 12 * share) }))
  const book = writeWorkbook([
    { sheet: about, data: aboutSheet(report), columns: [{ width: 28 }, { width: 90 }] },
    ...tables.map((table, index) => ({
      ...{ sheet: names[index] ?? table.key, data: tableSheet(table), columns: widths(table) },
      stickyRowsCount: 1,
    })),
  ])
  return timeless(await book.toBuffer())
}
