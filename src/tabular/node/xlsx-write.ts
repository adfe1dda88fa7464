import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { ownHeader, ownRow } from '../own.ts'
import type { Cell, TableStream } from '../table.ts'
import { columnName } from './xlsx-cell.ts'

/**
 * Characters that XML cannot hold or turns into others, those that readers drop (U+FFFD among them), and texts that look
 * like their escapes, as _xHHHH_ (ISO/IEC 29500-1 22.9.2.19): else `_x0041_` would come back as `A`.
 */
const escaped = (text: string): string =>
  text
    .replace(/(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFFFD]|_(?=x[0-9A-Fa-f]{4}_)/gu, (sign) =>
      sign
        .split('')
        .map((unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
        .join(''),
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const typed = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The parts of a workbook around its sheet (ISO/IEC 29500-1, 12 and 18): the same for every workbook but for a name. */
const frame = (sheet: string): [name: string, xml: string][] => [
  [
    '[Content_Types].xml',
    `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${typed}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${typed}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${typed}.styles+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    'xl/styles.xml',
    `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  ],
]

/** A cell. A workbook types its cells: a text is never a formula there, so it needs no apostrophe and stays as it is. */
function cellXml(cell: Cell, place: string, style = ''): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${place}"${style}><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${place}"${style} t="b"><v>${cell ? 1 : 0}</v></c>`
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

const rowXml = (cells: readonly Cell[], names: readonly string[], row: number, style?: string): string =>
  `<row r="${row}">${cells.map((cell, at) => cellXml(cell, `${names[at]}${row}`, style)).join('')}</row>`

const widthOf = (heading: string) => Math.min(48, Math.max(12, heading.length + 2))

// Bytes of XML that are given to the compressor at once: row by row it would wake for every hundred bytes.
const portion = 64 * 1024

async function* sheetXml(table: TableStream): AsyncGenerator<string> {
  const header = ownHeader(table, 'plain')
  const names = header.map((_, at) => columnName(at))
  const columns = header.map(
    (heading, at) => `<col min="${at + 1}" max="${at + 1}" width="${widthOf(heading)}" customWidth="1"/>`,
  )
  let open =
    `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns.join('')}</cols><sheetData>${rowXml(header, names, 1, ' s="1"')}`
  let row = 1
  for await (const cells of table.rows) {
    open += rowXml(ownRow(cells, table.widths), names, ++row)
    if (open.length < portion) continue
    yield open
    open = ''
  }
  yield `${open}</sheetData></worksheet>`
}

/**
 * A workbook (XLSX) with one sheet whose header stays in view, row by row: however long, it is never in memory as a
 * whole. Read back without loss by `readXlsx()`.
 */
export function xlsxStream(sheet: string, table: TableStream): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  zip.on('error', (error: Error) => out.destroy(error))
  for (const [name, xml] of frame(sheet)) zip.addBuffer(Buffer.from(head + xml), name)
  zip.addReadStreamLazy('xl/worksheets/sheet1.xml', (done) => {
    const source = Readable.from(sheetXml(table), { objectMode: false })
    source.on('error', (error: Error) => out.destroy(error))
    out.on('close', () => source.destroy())
    done(null, source)
  })
  zip.end()
  return out
}
