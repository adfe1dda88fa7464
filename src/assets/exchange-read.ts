import { fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { dayWritten } from '../tabular/read-day.ts'
import { found, type ReadRecord, settled } from '../tabular/read-row.ts'
import { type Asset, asset } from './asset.ts'
import { type AssetColumn, assetCells, type Names } from './exchange.ts'
import { keyFor, kindNamed, listed, yesOrNo } from './exchange-words.ts'
import { forEach, type Property } from './property.ts'
import type { ScaleFacts } from './scale.ts'

/** What rows are read against; names are matched without regard to case. */
export type Lookups = {
  names: Names
  people: ReadonlyMap<string, Id>
  /** By key and by name. */
  entities: ReadonlyMap<string, Id>
  services: ReadonlyMap<string, Id>
  /** Assets by key: those that are there and those that the file makes. */
  assets: ReadonlyMap<string, Id>
  scale: ScaleFacts
  /** Where an asset belongs that does not say so: only where there is one entity and no choice. */
  onlyEntity: Id | null
  mint(): Id
}

/** A row under our names of columns. */
export type Row = { cells: ReadonlyMap<AssetColumn, string>; columns: ReadonlySet<AssetColumn> }

type Reading = {
  cell(column: AssetColumn): string
  problems: ReturnType<typeof fieldProblem>[]
  lookups: Lookups
}

/** The key of a row: its own, or one made of its name. */
export const keyOfRow = ({ cells }: Row): string =>
  (cells.get('key') ?? '').trim().toLowerCase() ||
  keyFor(cells.get('name.en') ?? '', cells.get('name.ja') ?? '')

const wrong = ({ problems }: Reading, column: AssetColumn, code: string, text?: string) =>
  problems.push(
    fieldProblem(`/${column}`, code, text === undefined ? undefined : { found: text.slice(0, 80) }),
  )

function local({ cell }: Reading, column: 'name' | 'description' | 'location' | 'retention.basis') {
  const [en, ja] = [cell(`${column}.en`), cell(`${column}.ja`)]
  return en === '' && ja === '' ? null : { ...(en && { en }), ...(ja && { ja }) }
}

/** A level by its number, or by its name in either language. */
function level(row: Reading, column: AssetColumn): number | null {
  const text = row.cell(column).normalize('NFKC').trim()
  if (text === '') return null
  const named = row.lookups.scale.levels.find(
    ({ number, name }) =>
      String(number) === text ||
      [name.en, name.ja].some((each) => each?.toLowerCase() === text.toLowerCase()),
  )
  if (named === undefined) wrong(row, column, 'asset.level_unreadable', text)
  return named?.number ?? null
}

function classification(row: Reading): string | null {
  const text = row.cell('classification').trim().toLowerCase()
  if (text === '') return null
  const named = row.lookups.scale.classifications.find(({ key, name }) =>
    [key, name.en, name.ja].some((each) => each?.toLowerCase() === text),
  )
  if (named === undefined) wrong(row, 'classification', 'asset.classification_unreadable', text)
  return named?.key ?? null
}

function override(row: Reading, property: Property): Asset['override'][Property] {
  const over = level(row, `override.${property}`)
  const reason = row.cell(`override.${property}.reason`)
  if (over === null) return null
  if (reason === '') wrong(row, `override.${property}.reason`, 'exchange.missing')
  return { level: over, reason }
}

function flag(row: Reading, column: 'personalData' | 'cardData'): boolean {
  const is = yesOrNo(row.cell(column))
  if (is === undefined) wrong(row, column, 'exchange.yes_or_no')
  return is ?? false
}

function day(row: Reading, column: 'inUseFrom' | 'inUseTo'): string | null {
  const text = row.cell(column)
  if (text.trim() === '') return null
  const read = dayWritten(text)
  if (read === null) wrong(row, column, 'asset.day_unreadable', text)
  return read
}

function retention(row: Reading): unknown {
  const months = row.cell('retention.months').normalize('NFKC').trim()
  const basis = local(row, 'retention.basis')
  if (months === '' && basis === null) return null
  const years = /^(\d{1,2})\s*(?:年|years?)$/i.exec(months)?.[1]
  const plain = /^(\d{1,4})\s*(?:か月|ヶ月|カ月|ケ月|months?)?$/i.exec(months)?.[1]
  const count = years === undefined ? plain && Number(plain) : Number(years) * 12
  if (count === undefined) wrong(row, 'retention.months', 'asset.months_unreadable', months)
  if (basis === null) wrong(row, 'retention.basis.en', 'exchange.missing')
  return { months: count, basis }
}

const ids = (row: Reading, column: 'services' | 'dependsOn', of: ReadonlyMap<string, Id>, code: string) =>
  listed(row.cell(column)).map((name) => found(row.problems, column, name, of, code))

function entity(row: Reading): Id | null {
  const name = row.cell('entity').trim()
  if (name !== '') return found(row.problems, 'entity', name, row.lookups.entities, 'exchange.entity_unknown')
  if (row.lookups.onlyEntity === null) wrong(row, 'entity', 'exchange.missing')
  return row.lookups.onlyEntity
}

/** The column to which a place in the record belongs. */
export function assetColumnOf(pointer: string): string {
  const [first = '', second = '', third = ''] = pointer.slice(1).split('/')
  const named: Readonly<Record<string, string>> = {
    entityId: 'entity',
    serviceIds: 'services',
    ownerId: 'owner',
  }
  if (first === 'value') return second
  if (first === 'override') return `override.${second}${third === 'reason' ? '.reason' : ''}`
  if (first === 'retention')
    return second === 'months' ? 'retention.months' : `retention.basis.${third || 'en'}`
  if (['name', 'description', 'location'].includes(first)) return `${first}.${second || 'en'}`
  return named[first] ?? first
}

/** Reads an asset's row. Columns that the file does not have keep what the record says. */
export function readAsset(row: Row, existing: Asset | null, lookups: Lookups): ReadRecord<Asset> {
  const before = existing ? assetCells(existing, lookups.names) : new Map<AssetColumn, string>()
  const cell = (column: AssetColumn) =>
    (row.columns.has(column) ? row.cells.get(column) : before.get(column)) ?? ''
  const reading: Reading = { cell, problems: [], lookups }
  const key = keyOfRow(row)
  const draft = {
    id: existing?.id ?? lookups.assets.get(key) ?? lookups.mint(),
    version: existing?.version ?? 1,
    former: existing?.former ?? null,
    key,
    name: local(reading, 'name') ?? {},
    description: local(reading, 'description'),
    kind: kindNamed(cell('kind')),
    entityId: entity(reading),
    serviceIds: ids(reading, 'services', lookups.services, 'exchange.service_unknown'),
    ownerId: found(
      reading.problems,
      'owner',
      cell('owner').trim(),
      lookups.people,
      'exchange.person_unknown',
    ),
    classification: classification(reading),
    value: forEach((property) => level(reading, property)),
    override: forEach((property) => override(reading, property)),
    personalData: flag(reading, 'personalData'),
    cardData: flag(reading, 'cardData'),
    location: local(reading, 'location'),
    retention: retention(reading),
    dependsOn: ids(reading, 'dependsOn', lookups.assets, 'exchange.asset_unknown'),
    identifiers: listed(cell('identifiers')),
    inUseFrom: day(reading, 'inUseFrom'),
    inUseTo: day(reading, 'inUseTo'),
  }
  return settled(asset.schema, draft, reading.problems, assetColumnOf)
}
