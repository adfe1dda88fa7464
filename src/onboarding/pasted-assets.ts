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

/**
 * What was pasted as a table that the importer of assets takes: with headings where it has none, and with a kind and
 * the key of an entity where no column says them. Null where headings are missing and cannot be told.
 */
export function assetsPasted(text: string, fill: Fill): string | null {
  const [first = '', ...more] = recordsOf(text)
  const headed = separators.find((one) => columnsOf(first, one).some(isName))
  // Names have commas in them; only tabs part the cells of a list that says nothing about itself.
  const separator = headed ?? '\t'
  const known = columnsOf(first, separator)
  const isHeaded = headed !== undefined
  if (!isHeaded && known.length > 1 + usual.length) return null
  const records = isHeaded ? more : [first, ...more]
  const isJapanese = records.some((record) => namesIn([record.split(separator)[0] ?? ''])?.ja !== undefined)
  const columns: (AssetColumn | null)[] = isHeaded
    ? known
    : [isJapanese ? 'name.ja' : 'name.en', ...usual.slice(0, known.length - 1)]
  const missing = (['kind', 'entity'] as const).filter((column) => !columns.includes(column))
  const line = (record: string, extra: readonly string[]) => [record, ...extra].join(separator)
  return [
    line(isHeaded ? first : columns.join(separator), missing),
    ...records.map((record) =>
      line(
        record,
        missing.map((column) => fill[column]),
      ),
    ),
  ].join('\n')
}
