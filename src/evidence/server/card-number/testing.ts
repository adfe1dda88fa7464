import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { ZipFile } from 'yazl'

/** Builders of files for tests and benches; each gives the same bytes for the same input. */

export const zipOf = (members: Readonly<Record<string, string | Buffer>>, compress = true): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const zip = new ZipFile()
    for (const [name, content] of Object.entries(members))
      zip.addBuffer(Buffer.from(content), name, { mtime: new Date(0), compress })
    zip.end()
    const parts: Buffer[] = []
    zip.outputStream.on('data', (part: Buffer) => parts.push(part))
    zip.outputStream.on('end', () => resolve(Buffer.concat(parts)))
    zip.outputStream.on('error', reject)
  })

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

/** A document of Word whose paragraphs are given as runs. */
export const docxOf = (paragraphs: readonly (readonly string[])[], more: Record<string, Buffer> = {}) => {
  const run = (text: string) =>
    `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
  const body = paragraphs.map(
    (runs) => `<w:p>${runs.map(run).join('<w:proofErr w:type="spellStart"/>')}</w:p>`,
  )
  return zipOf({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'word/document.xml': `<?xml version="1.0"?><w:document><w:body>${body.join('')}</w:body></w:document>`,
    ...more,
  })
}

/** A cell is a text, which goes to the shared texts, or a number. */
export const xlsxOf = (sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>) => {
  const texts: string[] = []
  const cell = (value: string | number, at: string) =>
    typeof value === 'number'
      ? `<c r="${at}"><v>${value}</v></c>`
      : `<c r="${at}" t="s"><v>${texts.push(value) - 1}</v></c>`
  const members: Record<string, string> = {}
  const names = Object.keys(sheets)
  for (const [index, rows] of Object.values(sheets).entries()) {
    const lines = rows.map((cells, row) => {
      const inner = cells.map((value, column) => cell(value, `${String.fromCharCode(65 + column)}${row + 1}`))
      return `<row r="${row + 1}">${inner.join('')}</row>`
    })
    members[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`
  }
  const tags = names.map(
    (name, index) => `<sheet name="${escaped(name)}" sheetId="${index}" r:id="rId${index}"/>`,
  )
  const links = names.map(
    (_, index) =>
      `<Relationship Id="rId${index}" Type="worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  )
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook><sheets>${tags.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${links.join('')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    ...members,
  })
}

/** An object of a PDF file: its value, and the data of a stream, which are compressed. */
export type PdfPiece = { value: string; data?: string | Buffer; plain?: boolean }

/** A PDF file of objects numbered from 1, without a table of them, as a damaged file has none. */
export function pdfOfObjects(objects: readonly PdfPiece[], trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')]
  for (const [index, { value, data, plain }] of objects.entries()) {
    parts.push(Buffer.from(`${index + 1} 0 obj\n`))
    if (data === undefined) parts.push(Buffer.from(value))
    else {
      const bytes = plain ? Buffer.from(data) : deflateSync(Buffer.from(data))
      const filter = plain ? '' : '/Filter /FlateDecode '
      parts.push(Buffer.from(`<< ${filter}/Length ${bytes.length} ${value} >>\nstream\n`), bytes)
      parts.push(Buffer.from('\nendstream'))
    }
    parts.push(Buffer.from('\nendobj\n'))
  }
  return Buffer.concat([...parts, Buffer.from(`trailer << /Root 1 0 R ${trailer} >>\n%%EOF\n`)])
}

const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'

/** A PDF file whose pages have this content; their font is `/F1`. */
export const pdfOf = (
  contents: readonly string[],
  font: readonly PdfPiece[] = [{ value: helvetica }],
): Buffer => {
  const pages = contents.map((_, index) => 2 + font.length + 1 + index * 2)
  return pdfOfObjects([
    { value: '<< /Type /Catalog /Pages 2 0 R >>' },
    {
      value: `<< /Type /Pages /Kids [${pages.map((page) => `${page} 0 R`).join(' ')}] /Resources << /Font << /F1 3 0 R >> >> >>`,
    },
    ...font,
    ...contents.flatMap((content, index) => [
      { value: `<< /Type /Page /Parent 2 0 R /Contents ${(pages[index] ?? 0) + 1} 0 R >>` },
      { value: '', data: content },
    ]),
  ])
}

/** One file of a tar archive (ustar). */
export function tarOf(members: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(members).flatMap(([name, content]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0, 'utf8')
    header.write(Buffer.byteLength(content).toString(8).padStart(11, '0'), 124)
    header.write('ustar\0' + '00', 257)
    header.write('0', 156)
    header.fill(' ', 148, 156)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, Buffer.from(content), Buffer.alloc((512 - (Buffer.byteLength(content) % 512)) % 512)]
  })
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

/** Bytes that no compressor makes smaller, from a seed. */
export const noise = (length: number, seed = 'noise'): Buffer =>
  createHash('shake256', { outputLength: length }).update(seed).digest()
