import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { dayOr } from '../tabular/read-day.ts'
import { found, type ReadRecord, settled } from '../tabular/read-row.ts'
import { issueCells, type Names, obligationCells, partyCells } from './exchange.ts'
import { type Issue, issue } from './issue.ts'
import type { Kept } from './kept.ts'
import { type Obligation, obligation } from './obligation.ts'
import { type Party, party } from './party.ts'

/** What rows are read against; names are matched without regard to case. */
export type Lookups = {
  names: Names
  people: ReadonlyMap<string, Id>
  entities: ReadonlyMap<string, Id>
  services: ReadonlyMap<string, Id>
  parties: ReadonlyMap<string, Id>
  mint(): Id
}

type Given = { cells: ReadonlyMap<string, string>; columns: readonly string[] }

/** One row on its way to a record: what stands in its cells, and what is wrong with them. */
type Reading = { cell(column: string): string; problems: FieldProblem[]; lookups: Lookups }

/** The columns that the file has count as it says them; every other keeps what the record says. */
function begun(given: Given, before: ReadonlyMap<string, string>, lookups: Lookups): Reading {
  const cell = (column: string) =>
    (given.columns.includes(column) ? given.cells.get(column) : before.get(column)) ?? ''
  return { cell, problems: [], lookups }
}

const orNull = (text: string): string | null => (text === '' ? null : text)

const orNumber = (text: string): string | number | null =>
  text === '' ? null : /^\d{1,6}$/.test(text) ? Number(text) : text

function local({ cell }: Reading, column: string): { en?: string; ja?: string } {
  const [en, ja] = [cell(`${column}.en`), cell(`${column}.ja`)]
  return { ...(en && { en }), ...(ja && { ja }) }
}

/** Several names in a cell, with commas (also Japanese ones) or line breaks between them. */
const parts = (text: string): string[] =>
  text
    .split(/[,、，;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

const idsIn = (row: Reading, column: string, ids: ReadonlyMap<string, Id>, code: string): (Id | null)[] =>
  parts(row.cell(column)).map((name) => found(row.problems, column, name, ids, code))

const spoken: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  はい: true,
  no: false,
  false: false,
  いいえ: false,
}

function yesOrNo({ cell, problems }: Reading, column: string): boolean | undefined {
  const value = spoken[cell(column).toLowerCase()]
  if (value === undefined) problems.push(fieldProblem(`/${column}`, 'exchange.yes_or_no'))
  return value
}

function json({ cell, problems }: Reading, column: string): unknown {
  const text = cell(column)
  if (text === '') return []
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null)) return value
  } catch {
    // Not JSON and not a list are the same mistake to whoever wrote the cell.
  }
  problems.push(fieldProblem(`/${column}`, 'exchange.not_a_list'))
  return []
}

const keptDraft = (row: Reading, existing: Kept | null) => ({
  id: existing?.id ?? row.lookups.mint(),
  version: existing?.version ?? 1,
  former: existing?.former ?? null,
  key: row.cell('key'),
  name: local(row, 'name'),
  entityIds: idsIn(row, 'entities', row.lookups.entities, 'exchange.entity_unknown'),
  ownerId: found(row.problems, 'owner', row.cell('owner'), row.lookups.people, 'exchange.person_unknown'),
  reviews: existing?.reviews ?? [],
  reviewMonths: orNumber(row.cell('reviewMonths')),
  from: orNull(dayOr(row.cell('from'))),
  to: orNull(dayOr(row.cell('to'))),
})

const columnNames: Readonly<Record<string, string>> = {
  entityIds: 'entities',
  serviceIds: 'services',
  ownerId: 'owner',
  partyId: 'party',
}

/** The column of a row that a field of its record stands in. */
export function contextColumnOf(pointer: string): string {
  const [top = '', second = ''] = pointer.slice(1).split('/')
  if (['name', 'effect', 'source', 'demands'].includes(top)) return `${top}.${second || 'en'}`
  return columnNames[top] ?? top
}

export function readParty(given: Given, existing: Party | null, lookups: Lookups): ReadRecord<Party> {
  const row = begun(given, existing ? partyCells(existing, lookups.names) : new Map(), lookups)
  const draft = { ...keptDraft(row, existing), kind: row.cell('kind'), needs: json(row, 'needs') }
  return settled(party.schema, draft, row.problems, contextColumnOf)
}

export function readIssue(given: Given, existing: Issue | null, lookups: Lookups): ReadRecord<Issue> {
  const row = begun(given, existing ? issueCells(existing, lookups.names) : new Map(), lookups)
  const draft = {
    ...keptDraft(row, existing),
    origin: row.cell('origin'),
    topic: row.cell('topic'),
    relevant: yesOrNo(row, 'relevant'),
    effect: local(row, 'effect'),
  }
  return settled(issue.schema, draft, row.problems, contextColumnOf)
}

/** `edition/requirement`; the schema says what is wrong with one that has no slash. */
const linkIn = (text: string) => {
  const at = text.indexOf('/')
  return { edition: text.slice(0, Math.max(at, 0)), requirement: text.slice(at + 1) }
}

export function readObligation(
  given: Given,
  existing: Obligation | null,
  lookups: Lookups,
): ReadRecord<Obligation> {
  const row = begun(given, existing ? obligationCells(existing, lookups.names) : new Map(), lookups)
  const draft = {
    ...keptDraft(row, existing),
    kind: row.cell('kind'),
    source: local(row, 'source'),
    jurisdiction: orNull(row.cell('jurisdiction').toUpperCase()),
    demands: local(row, 'demands'),
    partyId: found(row.problems, 'party', row.cell('party'), lookups.parties, 'exchange.party_unknown'),
    serviceIds: idsIn(row, 'services', lookups.services, 'exchange.service_unknown'),
    requirements: parts(row.cell('requirements')).map(linkIn),
  }
  return settled(obligation.schema, draft, row.problems, contextColumnOf)
}
