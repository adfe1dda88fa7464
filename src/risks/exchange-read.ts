import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import { dayOr } from '../tabular/read-day.ts'
import { byColumn, found, type ReadRecord, settled } from '../tabular/read-row.ts'
import type { RiskMethod } from './method.ts'
import { methodInForce } from './method-rules.ts'
import { ratingProblems, type ValueKind, valueKinds } from './rating.ts'
import { type Assessment, type Risk, risk } from './risk.ts'

type Keyed = ReadonlyMap<string, Id>

/** What rows are read against; names are matched without regard to case. */
export type Lookups = Readonly<
  Record<'people' | 'entities' | 'services' | 'assets' | 'issues' | 'obligations', Keyed>
> & {
  methods: readonly RiskMethod[]
  /** Who brings the file: whose word a new assessment is. */
  personId: Id | null
  mint(): Id
}

/** A row with what it says in each column of ours that the file has. */
export type Given = { cells: ReadonlyMap<string, string>; columns: readonly string[] }

type Reading = { cell(column: string): string; has(column: string): boolean; problems: FieldProblem[] }

const orNull = (text: string): string | null => (text === '' ? null : text)

const orNumber = (text: string): string | number | null =>
  text === '' ? null : /^\d{1,6}$/.test(text.normalize('NFKC')) ? Number(text.normalize('NFKC')) : text

const parts = (text: string): string[] =>
  text
    .split(/[,、，;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

const spoken: Readonly<Record<string, string>> = {
  ...{ 機密性: 'confidentiality', 完全性: 'integrity', 可用性: 'availability', c: 'confidentiality' },
  ...{ i: 'integrity', a: 'availability', 事象ベース: 'event', 資産ベース: 'asset' },
}

const plainWord = (text: string): string => spoken[text.toLowerCase()] ?? text.toLowerCase()

/** What a row says in a column, or what stands where the file lacks it. */
const said = <T>(
  row: Reading,
  columns: readonly string[],
  read: () => T,
  before: T | undefined,
  none: T,
): T => (columns.some((column) => row.has(column)) ? read() : (before ?? none))

function local(row: Reading, column: string, before: LocalText | null | undefined): LocalText | null {
  const columns = [`${column}.en`, `${column}.ja`] as const
  if (!columns.some((one) => row.has(one))) return before ?? null
  const of = (one: string, kept: string | undefined) => (row.has(one) ? row.cell(one) : (kept ?? ''))
  const [en, ja] = [of(columns[0], before?.en), of(columns[1], before?.ja)]
  return en === '' && ja === '' ? null : { ...(en && { en }), ...(ja && { ja }) }
}

function ids(
  row: Reading,
  column: string,
  keys: Keyed,
  code: string,
  before: Id[] | undefined,
): (Id | null)[] {
  if (!row.has(column)) return before ?? []
  return parts(row.cell(column)).map((name) => found(row.problems, column, name, keys, code))
}

/** The index of a level that a cell names by its number or its name. */
function levelOf(scale: RiskMethod['likelihood'], text: string): number | null {
  const plain = text.normalize('NFKC').trim()
  if (/^\d$/.test(plain)) return Number(plain) - 1
  const at = scale.findIndex(({ name }) =>
    [name.en, name.ja].some((one) => one?.toLowerCase() === plain.toLowerCase()),
  )
  return at === -1 ? null : at
}

const judgedColumns = valueKinds.flatMap((kind) => [`${kind}.likelihood`, `${kind}.consequence`])

/** The six levels of a row by the scales of a version; problems where a cell names none. */
function valuesOf(row: Reading, method: RiskMethod): Pick<Assessment, ValueKind> {
  const level = (kind: ValueKind, axis: 'likelihood' | 'consequence') => {
    const column = `${kind}.${axis}`
    const found = levelOf(method[axis], row.cell(column))
    if (found === null || found < 0 || found >= method[axis].length)
      row.problems.push(fieldProblem(`/${column}`, 'risk_exchange.level'))
    return found ?? 0
  }
  const value = (kind: ValueKind) => ({
    likelihood: level(kind, 'likelihood'),
    consequence: level(kind, 'consequence'),
  })
  return { inherent: value('inherent'), current: value('current'), residual: value('residual') }
}

const isSame = (one: Assessment, other: Pick<Assessment, ValueKind | 'rationale' | 'exception'>) =>
  valueKinds.every(
    (kind) =>
      one[kind].likelihood === other[kind].likelihood && one[kind].consequence === other[kind].consequence,
  ) &&
  one.rationale === other.rationale &&
  one.exception === other.exception

/** The assessment that a row adds to those that are there; null adds none. What was judged stays as it is. */
function addedOf(row: Reading, last: Assessment | null, lookups: Lookups): Assessment | null {
  const needed = [...judgedColumns, 'rationale']
  if (row.cell('assessedOn') === '') {
    if (needed.some((column) => row.cell(column) !== ''))
      row.problems.push(fieldProblem('/assessedOn', 'risk_exchange.assessment_incomplete'))
    return null
  }
  const missing = needed.filter((column) => row.cell(column) === '')
  if (missing.length > 0) {
    row.problems.push(
      ...missing.map((column) => fieldProblem(`/${column}`, 'risk_exchange.assessment_incomplete')),
    )
    return null
  }
  const on = dayOr(row.cell('assessedOn'))
  const isLast = last?.on === on
  const method = isLast
    ? lookups.methods.find((one) => one.id === last.methodId)
    : methodInForce(lookups.methods, on)
  if (!method) {
    row.problems.push(fieldProblem('/assessedOn', 'risk.no_method', { day: on }))
    return null
  }
  const judged = {
    ...valuesOf(row, method),
    rationale: row.cell('rationale'),
    exception: orNull(row.cell('exception')),
  }
  if (isLast && isSame(last, judged)) return null
  if (last && on <= last.on) {
    row.problems.push(fieldProblem('/assessedOn', 'risk_exchange.assessment_changed', { day: last.on }))
    return null
  }
  row.problems.push(
    ...byColumn(ratingProblems(method, judged), riskColumnOf).filter(
      (problem) => !row.problems.some((other) => other.pointer === problem.pointer),
    ),
  )
  return { on, methodId: method.id, personId: lookups.personId, ...judged }
}

const names: Readonly<Record<string, string>> = {
  entityId: 'entity',
  serviceIds: 'services',
  assetIds: 'assets',
  issueIds: 'issues',
  obligationIds: 'obligations',
  ownerId: 'owner',
  assessments: 'assessedOn',
}

/** The column in which a part of a risk is written. */
export function riskColumnOf(pointer: string): string {
  const [first = '', second = '', third = ''] = pointer.slice(1).split('/')
  if (['name', 'scenario', 'threat', 'vulnerability'].includes(first)) return `${first}.${second || 'en'}`
  if (valueKinds.some((kind) => kind === first)) return `${first}.${second || 'likelihood'}`
  if (first === 'assessments' && valueKinds.some((kind) => kind === third)) return `${third}.likelihood`
  if (first === 'assessments' && (third === 'rationale' || third === 'exception')) return third
  return names[first] ?? first
}

/** Reads a row; columns that the file lacks keep what the record says. */
export function readRisk(given: Given, before: Risk | null, lookups: Lookups): ReadRecord<Risk> {
  const row: Reading = {
    has: (column) => given.columns.includes(column),
    cell: (column) => (given.cells.get(column) ?? '').trim(),
    problems: [],
  }
  const { problems } = row
  const one = (column: string, keys: Keyed, code: string, kept: Id | null | undefined) =>
    row.has(column) ? found(problems, column, row.cell(column), keys, code) : (kept ?? null)
  const draft = {
    id: before?.id ?? lookups.mint(),
    version: before?.version ?? 1,
    former: before?.former ?? null,
    code: row.cell('code'),
    name: local(row, 'name', before?.name) ?? {},
    scenario: local(row, 'scenario', before?.scenario) ?? {},
    approach: said(
      row,
      ['approach'],
      () => plainWord(row.cell('approach') || 'event'),
      before?.approach,
      'event',
    ),
    threat: local(row, 'threat', before?.threat),
    vulnerability: local(row, 'vulnerability', before?.vulnerability),
    affects: said<string[]>(
      row,
      ['affects'],
      () => parts(row.cell('affects')).map(plainWord),
      before?.affects,
      [],
    ),
    entityId: one('entity', lookups.entities, 'exchange.entity_unknown', before?.entityId),
    serviceIds: ids(row, 'services', lookups.services, 'exchange.service_unknown', before?.serviceIds),
    assetIds: ids(row, 'assets', lookups.assets, 'risk_exchange.asset_unknown', before?.assetIds),
    issueIds: ids(row, 'issues', lookups.issues, 'risk_exchange.issue_unknown', before?.issueIds),
    obligationIds: ids(
      row,
      'obligations',
      lookups.obligations,
      'risk_exchange.obligation_unknown',
      before?.obligationIds,
    ),
    ownerId: one('owner', lookups.people, 'exchange.person_unknown', before?.ownerId),
    identifiedOn: said(
      row,
      ['identifiedOn'],
      () => dayOr(row.cell('identifiedOn')),
      before?.identifiedOn,
      '',
    ),
    ...{ assessments: before?.assessments ?? [], treatments: before?.treatments ?? [] },
    ...{ actions: before?.actions ?? [], reviews: before?.reviews ?? [] },
    reviewMonths: said<string | number | null>(
      row,
      ['reviewMonths'],
      () => orNumber(row.cell('reviewMonths')),
      before?.reviewMonths ?? undefined,
      null,
    ),
    ...{ quantity: before?.quantity ?? null, closed: before?.closed ?? null },
    reopened: before?.reopened ?? [],
  }
  if (!row.has('entity') && before === null) problems.push(fieldProblem('/entity', 'exchange.missing'))
  const added = row.has('assessedOn') ? addedOf(row, before?.assessments.at(-1) ?? null, lookups) : null
  const assessments = added ? [...draft.assessments, added] : draft.assessments
  return settled(risk.schema, { ...draft, assessments }, problems, riskColumnOf)
}
