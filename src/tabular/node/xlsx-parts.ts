import { refuseWhole } from '../table.ts'
import { readXml } from './xlsx-xml.ts'
import type { Archive } from './zip.ts'

export type SheetPart = { name: string; hidden: boolean; member: string }

export type Workbook = {
  sheets: readonly SheetPart[]
  /** Days count from 1904 instead of 1900 (ISO/IEC 29500-1 18.17.4.1). */
  from1904: boolean
  strings: readonly string[]
  /** Which cell formats (`cellXfs`) show days or times. */
  dated: readonly boolean[]
}

/** The path that a relationship's target means, seen from a folder; never one outside the archive. */
function resolved(folder: string, target: string): string {
  const path = new URL(target, `http://workbook/${folder}`)
  return decodeURIComponent(path.pathname.slice(1))
}

async function relationships(
  archive: Archive,
  member: string,
): Promise<ReadonlyMap<string, { type: string; member: string }>> {
  const at = member.lastIndexOf('/') + 1
  const folder = member.slice(0, at)
  const name = `${folder}_rels/${member.slice(at)}.rels`
  const found = new Map<string, { type: string; member: string }>()
  if (!archive.names.includes(name)) return found
  await readXml(name, await archive.stream(name), {
    open(tag, attributes) {
      const [id, type, target] = ['Id', 'Type', 'Target'].map((key) => attributes.get(key))
      // External targets are only ever links; they are neither followed nor kept.
      if (tag !== 'Relationship' || attributes.get('TargetMode') === 'External' || !id || !type || !target)
        return
      found.set(id, { type: type.slice(type.lastIndexOf('/') + 1), member: resolved(folder, target) })
    },
  })
  return found
}

/** Joins the runs of a string; phonetic guides (furigana) are about the text, not of it. */
export function stringReader(done: (text: string) => void, tags: readonly string[]) {
  let text = ''
  let inside = false
  let reading = false
  let phonetic = 0
  return {
    open(name: string) {
      if (tags.includes(name)) {
        text = ''
        inside = true
      }
      if (name === 'rPh') phonetic += 1
      if (name === 't') reading = inside && phonetic === 0
    },
    text(part: string) {
      if (reading) text += part
    },
    close(name: string) {
      if (name === 't') reading = false
      if (name === 'rPh') phonetic -= 1
      if (tags.includes(name)) {
        inside = false
        done(text)
      }
    },
  }
}

// A character that XML cannot hold is written as _xHHHH_ (ISO/IEC 29500-1 22.9.2.19).
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

// Bytes.
const mostShared = 128 * 1024 * 1024

async function sharedStrings(archive: Archive, member: string | undefined): Promise<string[]> {
  const strings: string[] = []
  if (member) {
    const reader = stringReader((text) => strings.push(unescaped(text)), ['si'])
    const content = await archive.stream(member)
    // They are all in memory until the last row, which a sheet never is.
    if (content.size > mostShared)
      refuseWhole('tabular.xml', { member, reason: `more than ${mostShared} bytes of shared texts` })
    await readXml(member, content, reader)
  }
  return strings
}

// Built-in number formats that show days or times (ISO/IEC 29500-1 18.8.30), those of Japanese Excel included.
const builtInDates = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const

/** A format shows a day or time when, without quoted text, colours and conditions, it names one of their parts. */
const showsDate = (code: string): boolean =>
  /[ymdhs]/i.test(code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]|General/gi, ''))

async function datedFormats(archive: Archive, member: string | undefined): Promise<boolean[]> {
  const own = new Map<number, string>()
  const dated: boolean[] = []
  let inside = false
  if (!member) return dated
  await readXml(member, await archive.stream(member), {
    open(name, attributes) {
      const id = Number(attributes.get('numFmtId') ?? '0')
      if (name === 'numFmt') own.set(id, attributes.get('formatCode') ?? '')
      if (name === 'cellXfs') inside = true
      if (name !== 'xf' || !inside) return
      const code = own.get(id)
      const builtIn = builtInDates.some(([from, to]) => from <= id && id <= to)
      dated.push(code === undefined ? builtIn : showsDate(code))
    },
    close(name) {
      if (name === 'cellXfs') inside = false
    },
  })
  return dated
}

/** Finds the parts of a workbook by their relationships, as a spreadsheet program does. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = [...(await relationships(archive, '')).values()].find(({ type }) => type === 'officeDocument')
  if (!root) return refuseWhole('tabular.not_a_workbook', { reason: 'it names no workbook' })
  const related = await relationships(archive, root.member)
  const sheets: SheetPart[] = []
  let from1904 = false
  await readXml(root.member, await archive.stream(root.member), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.get('date1904') ?? '')
      if (name !== 'sheet') return
      const id = [...attributes].find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      const part = related.get(id)
      if (part?.type !== 'worksheet') return
      const state = attributes.get('state') ?? 'visible'
      sheets.push({ name: attributes.get('name') ?? '', hidden: state !== 'visible', member: part.member })
    },
  })
  const memberOf = (type: string) => [...related.values()].find((one) => one.type === type)?.member
  return {
    sheets,
    from1904,
    strings: await sharedStrings(archive, memberOf('sharedStrings')),
    dated: await datedFormats(archive, memberOf('styles')),
  }
}
