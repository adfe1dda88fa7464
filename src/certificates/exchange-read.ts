import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { fieldsOf } from '../kernel/issues.ts'
import { dayOr } from '../tabular/read-day.ts'
import { type Certificate, certificate } from './certificate.ts'
import { cellsOf, type ExchangeColumn, type Names, plainColumns, termColumns } from './exchange.ts'

/** What a row is read against. `mint` gives an id to what has none. */
export type Lookups = {
  names: Names
  entityIds: ReadonlyMap<string, Id>
  serviceIds: ReadonlyMap<string, Id>
  /** Certificates by key: those that are there and those that the file makes. */
  certificateIds: ReadonlyMap<string, Id>
  /** The kind that a scheme's certificates have, for rows that do not say it. */
  kindOf(scheme: string): string | undefined
  mint(): Id
}

type Cells = (column: ExchangeColumn) => string

/** A problem's pointer names the column of the file, as its heading says. */
const at = (column: string, code: string, params?: Record<string, string | number>) =>
  fieldProblem(`/${column}`, code, params)

type Reading = { cell: Cells; problems: FieldProblem[]; lookups: Lookups }

const orNull = (text: string): string | null => (text === '' ? null : text)
const dayOrNull = (text: string): string | null => orNull(dayOr(text))

/** A number where the file has one; anything else goes on as it is, so that the schema says what is wrong. */
const orNumber = (text: string): string | number => (/^\d{1,4}$/.test(text) ? Number(text) : text)

function local(
  cell: Cells,
  column:
    | 'scope'
    | 'term.issuer.name'
    | 'term.issuer.accreditation'
    | 'term.report.qualification'
    | 'term.pci.assessor',
) {
  const [en, ja] = [cell(`${column}.en`), cell(`${column}.ja`)]
  return en === '' && ja === '' ? null : { ...(en && { en }), ...(ja && { ja }) }
}

const partPattern = /^(\S+)(?:\s+(\S*)\.\.(\S*))?$/

const inList = (text: string): string[] =>
  text
    .split(/[;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** The keys in a cell; with their days, where they have any, they are {@link parts}. */
export const keysIn = (text: string): string[] => inList(text).flatMap((one) => one.split(/\s/)[0] ?? [])

function predecessors({ cell, problems, lookups }: Reading): Id[] {
  return inList(cell('predecessors')).flatMap((key) => {
    const id = lookups.certificateIds.get(key)
    if (id) return [id]
    problems.push(at('predecessors', 'import.name_unknown', { name: key.slice(0, 80) }))
    return []
  })
}

/** Reads `key from..to; key` into parts with their days. */
function parts(reading: Reading, column: 'holders' | 'services', ids: ReadonlyMap<string, Id>, name: string) {
  return inList(reading.cell(column)).flatMap((text) => {
    const match = partPattern.exec(text)
    const id = ids.get(match?.[1] ?? '')
    if (!match || !id) {
      reading.problems.push(at(column, 'import.name_unknown', { name: text.slice(0, 80) }))
      return []
    }
    return [{ [name]: id, from: dayOrNull(match[2] ?? ''), to: dayOrNull(match[3] ?? '') }]
  })
}

function list(reading: Reading, column: 'scopes' | 'earlierTerms' | 'events'): unknown[] {
  const text = reading.cell(column)
  if (text === '') return []
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    // Not JSON and not a list are the same mistake to whoever wrote the cell.
  }
  reading.problems.push(at(column, 'import.not_a_list'))
  return []
}

function report(cell: Cells) {
  return {
    type: orNumber(cell('term.report.type')),
    asOfDate: dayOrNull(cell('term.report.asOfDate')),
    periodFrom: dayOrNull(cell('term.report.periodFrom')),
    periodTo: dayOrNull(cell('term.report.periodTo')),
    categories: cell('term.report.categories')
      .split(/[;,]/)
      .map((text) => text.trim())
      .filter((text) => text !== ''),
    opinion: cell('term.report.opinion'),
    qualification: local(cell, 'term.report.qualification'),
    use: cell('term.report.use'),
    countMode: cell('term.report.countMode'),
  }
}

function pci(cell: Cells) {
  return {
    level: orNumber(cell('term.pci.level')),
    role: cell('term.pci.role'),
    assessor: local(cell, 'term.pci.assessor') ?? {},
    rocDate: dayOrNull(cell('term.pci.rocDate')),
    aocDate: dayOrNull(cell('term.pci.aocDate')),
    result: cell('term.pci.result'),
    coverage: cell('term.pci.coverage'),
  }
}

/** The newest term; none when all of its columns but the id are empty. */
function newestTerm(cell: Cells): Record<string, unknown>[] {
  const filled = (prefix: string) =>
    termColumns.some((column) => column !== 'term.id' && column.startsWith(prefix) && cell(column) !== '')
  if (!filled('term.')) return []
  return [
    {
      id: orNull(cell('term.id')),
      basis: cell('term.basis'),
      edition: orNull(cell('term.edition')),
      standard: orNull(cell('term.standard')),
      localEquivalent: orNull(cell('term.localEquivalent')),
      issuer: {
        name: local(cell, 'term.issuer.name') ?? {},
        accreditation: local(cell, 'term.issuer.accreditation'),
      },
      decisionDate: dayOrNull(cell('term.decisionDate')),
      issueDate: dayOrNull(cell('term.issueDate')),
      effectiveDate: dayOrNull(cell('term.effectiveDate')),
      expiryDate: dayOrNull(cell('term.expiryDate')),
      soaVersion: orNull(cell('term.soaVersion')),
      soaDate: dayOrNull(cell('term.soaDate')),
      report: filled('term.report.') ? report(cell) : null,
      pci: filled('term.pci.') ? pci(cell) : null,
    },
  ]
}

/**
 * Gives ids to parts that came without: the one at the same place of the record as it is, so that the same file twice
 * changes nothing; else a new one. An id is never given twice.
 */
function withIds(parts: readonly unknown[], existing: readonly { id: Id }[], mint: () => Id): unknown[] {
  const taken = new Set(parts.map((one) => (typeof one === 'object' && one && 'id' in one ? one.id : null)))
  return parts.map((one, index) => {
    if (typeof one !== 'object' || one === null || ('id' in one && one.id !== null)) return one
    const here = existing[index]?.id
    return { ...one, id: here && !taken.has(here) ? here : mint() }
  })
}

const lastTerm = (one: { terms: readonly unknown[] }) => `/terms/${one.terms.length - 1}/`

/** The column that a pointer into the record means. */
function columnOf(pointer: string, newest: string): string {
  if (pointer.startsWith(newest)) return `term.${pointer.slice(newest.length).replaceAll('/', '.')}`
  const [first = ''] = pointer.slice(1).split('/')
  return first === 'terms' ? 'earlierTerms' : first
}

/** Names the columns of a row instead of the places in its record. */
export const byColumn = (
  problems: readonly FieldProblem[],
  one: { terms: readonly unknown[] },
): FieldProblem[] =>
  problems.map((problem) => ({ ...problem, pointer: `/${columnOf(problem.pointer, lastTerm(one))}` }))

export type ReadCertificate = { one: Certificate | null; problems: FieldProblem[] }

/** The kind as given or as the scheme has it; where the scheme is unknown, that is the problem to name. */
function kindOf({ cell, problems, lookups }: Reading): string {
  const scheme = cell('scheme')
  const found = cell('kind') || lookups.kindOf(scheme)
  if (found) return found
  problems.push(at('scheme', 'certificate.scheme_unknown', { scheme: scheme.slice(0, 80) }))
  return 'certificate'
}

/**
 * Reads a row. Columns that the file does not have keep what the existing certificate says; an empty cell empties its
 * field. The result is a certificate of the right shape, or the problems by column; rules are checked elsewhere.
 */
export function readRow(
  given: ReadonlyMap<string, string>,
  columns: readonly string[],
  existing: Certificate | null,
  lookups: Lookups,
): ReadCertificate {
  const before = existing ? cellsOf(existing, lookups.names) : new Map<ExchangeColumn, string>()
  const cell: Cells = (column) => (columns.includes(column) ? given.get(column) : before.get(column)) ?? ''
  const reading: Reading = { cell, problems: [], lookups }
  const single = local(cell, 'scope')
  const scopes = list(reading, 'scopes')
  if (single && scopes.length > 0) reading.problems.push(at('scopes', 'import.scope_twice'))
  const terms = [...list(reading, 'earlierTerms'), ...newestTerm(cell)]
  const draft = {
    id: existing?.id ?? lookups.certificateIds.get(cell('key')) ?? lookups.mint(),
    version: existing?.version ?? 1,
    ...Object.fromEntries(plainColumns.map((column) => [column, orNull(cell(column))])),
    initialDate: dayOrNull(cell('initialDate')),
    verificationCheckedOn: dayOrNull(cell('verificationCheckedOn')),
    kind: kindOf(reading),
    predecessors: predecessors(reading),
    holders: parts(reading, 'holders', lookups.entityIds, 'entityId'),
    services: parts(reading, 'services', lookups.serviceIds, 'serviceId'),
    scopes: single ? [{ text: single, from: null, to: null }] : scopes,
    terms: withIds(terms, existing?.terms ?? [], lookups.mint),
    events: withIds(list(reading, 'events'), existing?.events ?? [], lookups.mint),
  }
  const parsed = certificate.schema.safeParse(draft)
  if (parsed.success && reading.problems.length === 0) return { one: parsed.data, problems: [] }
  const shape = parsed.success ? [] : parsed.error.issues.flatMap(fieldsOf)
  return { one: null, problems: [...reading.problems, ...byColumn(shape, draft)] }
}
