import type { AssetKind } from '../assets/asset.ts'
import type { AssetColumn } from '../assets/exchange.ts'
import { columnNamed } from '../assets/exchange-words.ts'
import { namesIn } from './pasted.ts'

/** Rows of pasted cells; a line break between quotation marks is part of its cell (RFC 4180). */
function recordsOf(text: string): string[] {
  const records: string[] = []
  let open = ''
  for (const line of text.replaceAll(/\r\n?/g, '\n').split('\n')) {
    open = open === '' ? line : `${open}\n${line}`
    if ((open.match(/"/g)?.length ?? 0) % 2 === 1) continue
    if (open.trim() !== '') records.push(open)
    open = ''
  }
  return open.trim() === '' ? records : [...records, open]
}

const separators = ['\t', ',', ';'] as const

const own = [
  ...(['key', 'name.en', 'name.ja', 'kind', 'entity', 'owner', 'classification'] as const),
  ...(['confidentiality', 'integrity', 'availability', 'services', 'location.en', 'identifiers'] as const),
] satisfies AssetColumn[]

/** What a list without headings has in its columns, in this order. */
const usual = ['kind', 'owner'] as const

const columnsOf = (record: string, separator: string): (AssetColumn | null)[] =>
  record.split(separator).map((cell) => columnNamed(cell.replaceAll('"', ''), own))

// Words such as "A" or "system" are headings or cells; only a column of names makes a line a heading.
const isName = (column: AssetColumn | null) => column?.startsWith('name.') || column === 'key'

export type Fill = { kind: AssetKind; entity: string }

/** A table for the importer, and whether its first row is one that was pasted. */
export type PastedTable = { table: string; headed: boolean }

/** A list that says nothing about its columns; only tabs part them, because names have commas in them. */
function unheaded(records: readonly string[], fill: Fill): PastedTable | null {
  const rows = records.map((record) => record.split('\t').map((cell) => cell.trim()))
  const width = Math.max(1, ...rows.map((cells) => cells.length))
  if (width > 1 + usual.length) return null
  const isJapanese = rows.some(([name = '']) => namesIn([name])?.ja !== undefined)
  const head = [isJapanese ? 'name.ja' : 'name.en', ...usual, 'entity'] satisfies AssetColumn[]
  const lines = rows.map(([name = '', kind = '', owner = '']) => [
    name,
    kind || fill.kind,
    owner,
    fill.entity,
  ])
  return { table: [head, ...lines].map((cells) => cells.join('\t')).join('\n'), headed: false }
}

/**
 * What was pasted as a table that the importer of assets takes: with headings where it has none, and with a kind and
 * the key of an entity where no column says them. Null where headings are missing and cannot be told.
 */
export function assetsPasted(text: string, fill: Fill): PastedTable | null {
  const records = recordsOf(text)
  const [first = '', ...more] = records
  const separator = separators.find((one) => columnsOf(first, one).some(isName))
  if (separator === undefined) return unheaded(records, fill)
  const known = columnsOf(first, separator)
  const missing = (['kind', 'entity'] as const).filter((column) => !known.includes(column))
  const said = missing.map((column) => fill[column])
  const lines = [[first, ...missing], ...more.map((record) => [record, ...said])]
  return { table: lines.map((cells) => cells.join(separator)).join('\n'), headed: true }
}
