import { columnName, placeOf } from '../../../tabular/node/xlsx-cell.ts'
import { unescaped } from '../../../tabular/node/xlsx-parts.ts'
import { type CellContent, contentOf } from '../../card-number/cell.ts'
import { cardTable } from '../../card-number/table.ts'
import { readMarkup, unescapedMarkup } from './markup.ts'
import type { Bytes, Part, Run } from './run.ts'

/** The members of a workbook's archive. */
export type Members = { names: readonly string[]; open(name: string): Promise<Bytes> }

const attribute = (attributes: string, name: string): string | null => {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return match ? unescapedMarkup(match[1] ?? match[2] ?? '') : null
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

// Shared texts without a number are kept only as far as they may be heads of columns.
const mostHeads = 20_000
const mostNumbers = 100_000
const longestText = 64 * 1024

/** Reads the shared texts; a cell that refers to one is judged by its column. */
async function sharedTexts(members: Members, name: string): Promise<ReadonlyMap<number, CellContent>> {
  const kept = new Map<number, CellContent>()
  let index = 0
  let text = ''
  let phonetic = 0
  let heads = 0
  await readMarkup(await members.open(name), {
    text: (piece) => {
      if (phonetic === 0 && text.length < longestText) text += piece
    },
    open(tag) {
      if (local(tag) === 'si') text = ''
      if (local(tag) === 'rPh') phonetic += 1
    },
    close(tag) {
      if (local(tag) === 'rPh') phonetic -= 1
      if (local(tag) !== 'si') return
      const content = contentOf(unescaped(text))
      const isHead = content.head !== ''
      if (isHead) heads += 1
      if (
        isHead
          ? heads <= mostHeads
          : content.peers + content.candidates.length > 0 && kept.size < mostHeads + mostNumbers
      )
        kept.set(index, content)
      index += 1
    },
  })
  return kept
}

/** A number as it was typed: a double in scientific notation has all its digits up to 2^53. */
function typed(value: string): string {
  if (!/^\d(?:\.\d+)?[eE]\+?\d+$/.test(value)) return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? String(number) : value
}

const nothing: CellContent = { candidates: [], peers: 0, valid: 0, head: '' }

/** Looks at every cell of a sheet as it streams past. Its own word about its size is not asked for. */
async function readSheet(
  run: Run,
  part: Part,
  bytes: Bytes,
  name: string,
  shared: ReadonlyMap<number, CellContent>,
) {
  const table = cardTable((column, head) => (head ? `${columnName(column)} (${head})` : columnName(column)))
  let [row, column, type, text, phonetic] = [0, -1, '', '', 0]
  await readMarkup(bytes, {
    text: (piece) => {
      if (phonetic === 0 && text.length < longestText) text += piece
    },
    open(tag, attributes) {
      const kind = local(tag)
      if (kind === 'rPh') phonetic += 1
      if (kind === 'row') [row, column] = [Number(attribute(attributes, 'r') ?? row + 1) || row + 1, -1]
      if (kind === 'f' || kind === 'v') text = ''
      if (kind !== 'c') return
      const place = placeOf(attribute(attributes, 'r') ?? '')
      column = place?.column ?? column + 1
      row = place?.row ?? row
      type = attribute(attributes, 't') ?? 'n'
      text = ''
    },
    close(tag) {
      const kind = local(tag)
      if (kind === 'rPh') phonetic -= 1
      if (kind !== 'c') return
      const content =
        type === 's' ? (shared.get(Number(text)) ?? nothing) : contentOf(unescaped(typed(text.trim())))
      // A number is no head of a column.
      table.cell(row, column, type === 'n' ? { ...content, head: '' } : content)
    },
  })
  run.detectedTable(part, table.end(), name)
}

/** The names of sheets by their member, as the workbook says; a sheet without one goes by its member. */
async function sheetNames(members: Members): Promise<ReadonlyMap<string, string>> {
  const byId = new Map<string, string>()
  const names = new Map<string, string>()
  const silent = { text: () => undefined, close: () => undefined }
  const relations = 'xl/_rels/workbook.xml.rels'
  if (members.names.includes(relations))
    await readMarkup(await members.open(relations), {
      ...silent,
      open(tag, attributes) {
        if (local(tag) !== 'Relationship') return
        const target = (attribute(attributes, 'Target') ?? '').replace(/^\/?(?:xl\/)?/, 'xl/')
        byId.set(attribute(attributes, 'Id') ?? '', target)
      },
    })
  await readMarkup(await members.open('xl/workbook.xml'), {
    ...silent,
    open(tag, attributes) {
      if (local(tag) !== 'sheet') return
      const member = byId.get(attribute(attributes, '[\\w]+:id') ?? '')
      if (member) names.set(member, attribute(attributes, 'name') ?? '')
    },
  })
  return names
}

export const isWorkbook = (names: readonly string[]): boolean => names.includes('xl/workbook.xml')

const sheetMember = /^xl\/(?:worksheets|chartsheets|dialogsheets|macrosheets)\/[^/]+\.xml$/

/** Members that {@link readWorkbook} reads, so that nothing else needs to. */
export const isOfWorkbook = (name: string): boolean =>
  name === 'xl/sharedStrings.xml' || sheetMember.test(name)

/** Every sheet of a workbook (XLSX, ISO/IEC 29500), hidden ones included. */
export async function readWorkbook(run: Run, part: Part, members: Members): Promise<void> {
  const names = await sheetNames(members)
  const shared = members.names.includes('xl/sharedStrings.xml')
    ? await sharedTexts(members, 'xl/sharedStrings.xml')
    : new Map<number, CellContent>()
  for (const member of members.names.filter((one) => sheetMember.test(one)))
    await readSheet(run, part, await members.open(member), names.get(member) ?? member, shared)
}
