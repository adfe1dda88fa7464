import { crc32, deflateRawSync } from 'node:zlib'

/** A member of a ZIP file to make, with whatever lies a test wants it to tell. */
export type Member = {
  name: string
  content?: string | Uint8Array
  /** The name in the local header, where it differs. */
  localName?: string
  size?: number
  crc?: number
  mode?: number
  flags?: number
  /** Use the data of this earlier member instead of own data. */
  at?: number
}

const number = (bytes: number, value: number) => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntLE(value, 0, bytes)
  return buffer
}

/** A ZIP file (APPNOTE 4.3) of deflated members, honest or not. */
export function zipOf(members: readonly Member[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  const offsets: number[] = []
  let offset = 0
  for (const member of members) {
    const content = Buffer.from(member.content ?? '')
    const data = deflateRawSync(content)
    const common = [
      number(2, member.flags ?? 0x0800),
      number(2, 8),
      number(4, 0),
      number(4, member.crc ?? crc32(content)),
      number(4, data.length),
      number(4, member.size ?? content.length),
    ]
    const localName = Buffer.from(member.localName ?? member.name)
    const name = Buffer.from(member.name)
    const at = member.at === undefined ? offset : (offsets[member.at] ?? 0)
    offsets.push(at)
    if (member.at === undefined) {
      const head = [
        number(4, 0x04034b50),
        number(2, 20),
        ...common,
        number(2, localName.length),
        number(2, 0),
      ]
      const local = Buffer.concat([...head, localName, data])
      locals.push(local)
      offset += local.length
    }
    const head = [number(4, 0x02014b50), number(2, 0x0314), number(2, 20), ...common, number(2, name.length)]
    const tail = [
      number(2, 0),
      number(2, 0),
      number(2, 0),
      number(2, 0),
      number(4, ((member.mode ?? 0o100644) << 16) >>> 0),
      number(4, at),
    ]
    centrals.push(Buffer.concat([...head, ...tail, name]))
  }
  const directory = Buffer.concat(centrals)
  const end = [
    number(4, 0x06054b50),
    number(4, 0),
    number(2, members.length),
    number(2, members.length),
    number(4, directory.length),
    number(4, offset),
    number(2, 0),
  ]
  return Buffer.concat([...locals, directory, ...end])
}

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`

export type BookParts = {
  /** The rows of the first sheet as XML. */
  rows?: string
  strings?: string
  styles?: string
  properties?: string
  sheets?: string
  after?: string
  more?: readonly Member[]
}

/** The members of a small workbook, with parts replaced by a test. */
export function bookMembers(parts: BookParts): Member[] {
  return [
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: '_rels/.rels',
      content: `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="r">${parts.properties ?? ''}<sheets>${parts.sheets ?? '<sheet name="One" sheetId="1" r:id="rId1"/>'}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'worksheet', '/xl/worksheets/sheet2.xml')}${relation('rId3', 'sharedStrings', 'sharedStrings.xml')}${relation('rId4', 'styles', 'styles.xml')}</Relationships>`,
    },
    { name: 'xl/sharedStrings.xml', content: `<sst>${parts.strings ?? ''}</sst>` },
    { name: 'xl/styles.xml', content: `<styleSheet>${parts.styles ?? ''}</styleSheet>` },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet><sheetData>${parts.rows ?? ''}</sheetData>${parts.after ?? ''}</worksheet>`,
    },
    { name: 'xl/worksheets/sheet2.xml', content: '<worksheet><sheetData/></worksheet>' },
    ...(parts.more ?? []),
  ]
}

export const bookOf = (parts: BookParts): Buffer => zipOf(bookMembers(parts))
