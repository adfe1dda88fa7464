import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import type { Issue } from './issue.ts'
import { type Kept, lastReviewOn } from './kept.ts'
import type { Obligation } from './obligation.ts'
import type { Party } from './party.ts'

/**
 * Parties, issues and obligations as rows of a spreadsheet, and back without loss of what people write. Other records
 * are named by what people call them: key, address. Several keys stand in a cell with commas between them.
 */
const first = ['key', 'name.en', 'name.ja'] as const
const last = [
  'entities',
  'owner',
  'reviewMonths',
  'from',
  'to',
  /** For readers only: a file reviews nothing. */
  'reviewedOn',
] as const

export const partyColumns = [...first, 'kind', 'needs', ...last] as const
export const issueColumns = [
  ...first,
  'origin',
  'topic',
  'relevant',
  'effect.en',
  'effect.ja',
  ...last,
] as const
export const obligationColumns = [
  ...first,
  'kind',
  'source.en',
  'source.ja',
  'jurisdiction',
  'demands.en',
  'demands.ja',
  'party',
  'requirements',
  'services',
  ...last,
] as const

/** How a row names other records. */
export type Names = {
  people: ReadonlyMap<Id, string>
  entities: ReadonlyMap<Id, string>
  services: ReadonlyMap<Id, string>
  parties: ReadonlyMap<Id, string>
}

type Cells = ReadonlyMap<string, string>

const local = (column: string, text: LocalText): [string, string][] => [
  [`${column}.en`, text.en ?? ''],
  [`${column}.ja`, text.ja ?? ''],
]

const named = (names: ReadonlyMap<Id, string>, id: Id | null): string =>
  id === null ? '' : (names.get(id) ?? id)

const list = (names: ReadonlyMap<Id, string>, ids: readonly Id[]): string =>
  ids.map((id) => named(names, id)).join(', ')

const inOrder = (columns: readonly string[], cells: readonly [string, string][]): Cells => {
  const found = new Map(cells)
  return new Map(columns.map((column) => [column, found.get(column) ?? '']))
}

const keptCells = (one: Kept & { name: LocalText }, names: Names): [string, string][] => [
  ['key', one.key],
  ...local('name', one.name),
  ['entities', list(names.entities, one.entityIds)],
  ['owner', named(names.people, one.ownerId)],
  ['reviewMonths', one.reviewMonths === null ? '' : String(one.reviewMonths)],
  ['from', one.from ?? ''],
  ['to', one.to ?? ''],
  ['reviewedOn', lastReviewOn(one, '9999-12-31')?.on ?? ''],
]

export const partyCells = (one: Party, names: Names): Cells =>
  inOrder(partyColumns, [
    ...keptCells(one, names),
    ['kind', one.kind],
    ['needs', one.needs.length === 0 ? '' : JSON.stringify(one.needs)],
  ])

export const issueCells = (one: Issue, names: Names): Cells =>
  inOrder(issueColumns, [
    ...keptCells(one, names),
    ['origin', one.origin],
    ['topic', one.topic],
    ['relevant', one.relevant ? 'yes' : 'no'],
    ...local('effect', one.effect),
  ])

/** A requirement as `edition/requirement`. */
const linkCell = ({ requirements }: Obligation): string =>
  requirements.map(({ edition, requirement }) => `${edition}/${requirement}`).join(', ')

export const obligationCells = (one: Obligation, names: Names): Cells =>
  inOrder(obligationColumns, [
    ...keptCells(one, names),
    ['kind', one.kind],
    ...local('source', one.source),
    ['jurisdiction', one.jurisdiction ?? ''],
    ...local('demands', one.demands),
    ['party', named(names.parties, one.partyId)],
    ['requirements', linkCell(one)],
    ['services', list(names.services, one.serviceIds)],
  ])
