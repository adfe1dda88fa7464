import { kindNamed, propertyNamed } from '../assets/exchange-words.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { dayOr } from '../tabular/read-day.ts'
import { found, type ReadRecord, settled } from '../tabular/read-row.ts'
import { type Control, control } from './control.ts'
import {
  type ControlColumn,
  controlCells,
  type ImplementationColumn,
  implementationCells,
  type Names,
} from './exchange.ts'
import { calendarPeriods } from './frequency.ts'
import { type Implementation, implementation } from './implementation.ts'

/** What rows are read against; names are matched without regard to case. */
export type Lookups = {
  names: Names
  people: ReadonlyMap<string, Id>
  /** Controls by code: those that are there and those that the file makes. */
  controls: ReadonlyMap<string, Id>
  entities: ReadonlyMap<string, Id>
  services: ReadonlyMap<string, Id>
  /** Of the library that is shipped here. */
  libraryVersion: string
  mint(): Id
}

type Cell<Column> = (column: Column) => string

const at = (column: string, code: string, params?: Record<string, string | number>) =>
  fieldProblem(`/${column}`, code, params)

const orNull = (text: string): string | null => (text === '' ? null : text)

/** A number where the file has one; anything else goes on as it is, so that the schema says what is wrong. */
const orNumber = (text: string): string | number => (/^\d{1,6}$/.test(text) ? Number(text) : text)

function local(cell: (column: never) => string, column: string): { en?: string; ja?: string } | null {
  const read = cell as (column: string) => string
  const [en, ja] = [read(`${column}.en`), read(`${column}.ja`)]
  return en === '' && ja === '' ? null : { ...(en && { en }), ...(ja && { ja }) }
}

/** Words of a cell that lists some of a few, in any case and with any separators. */
const words = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,;、/・]+/)
    .filter(Boolean)

function list(problems: FieldProblem[], column: string, text: string): Record<string, unknown>[] {
  if (text === '') return []
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null)) return value
  } catch {
    // Not JSON and not a list are the same mistake to whoever wrote the cell.
  }
  problems.push(at(column, 'exchange.not_a_list'))
  return []
}

/** The columns that the file has count as it says them; every other keeps what the record says. */
const cellOf =
  <Column extends string>(
    given: ReadonlyMap<string, string>,
    columns: readonly string[],
    before: ReadonlyMap<Column, string>,
  ): Cell<Column> =>
  (column) =>
    (columns.includes(column) ? given.get(column) : before.get(column)) ?? ''

export const controlColumnOf = (pointer: string): string => {
  const [first = '', second = ''] = pointer.slice(1).split('/')
  if (first === 'ownerId') return 'owner'
  if (first === 'protects') return second === 'kinds' ? 'protects.kinds' : first
  if (['name', 'objective', 'practice'].includes(first)) return `${first}.${second || 'en'}`
  return first
}

const wordings = (one: Pick<Control, 'code' | 'name' | 'objective' | 'practice'>): string =>
  JSON.stringify([one.code, one.name, one.objective, one.practice])

/**
 * Reads a control's row. Words that a file changes have been read by nobody: they are unreviewed, whoever imports them.
 */
export function readControl(
  given: ReadonlyMap<string, string>,
  columns: readonly string[],
  existing: Control | null,
  lookups: Lookups,
): ReadRecord<Control> {
  const before = existing ? controlCells(existing, lookups.names) : new Map<ControlColumn, string>()
  const cell = cellOf(given, columns, before)
  const problems: FieldProblem[] = []
  const codeOf = (column: string, value: unknown) =>
    found(
      problems,
      column,
      typeof value === 'string' ? value : '?',
      lookups.controls,
      'exchange.control_unknown',
    )
  const ownerId = found(problems, 'owner', cell('owner'), lookups.people, 'exchange.person_unknown')
  const draft = {
    id: existing?.id ?? lookups.controls.get(cell('code').toLowerCase()) ?? lookups.mint(),
    version: existing?.version ?? 1,
    former: existing?.former ?? null,
    code: cell('code'),
    name: local(cell, 'name') ?? {},
    objective: local(cell, 'objective') ?? {},
    practice: local(cell, 'practice'),
    libraryId: orNull(cell('libraryId')),
    // No column: what a file adopts has the links of the version that is here.
    libraryVersion: existing?.libraryVersion ?? (cell('libraryId') === '' ? null : lookups.libraryVersion),
    review: existing?.review ?? null,
    protects: {
      properties: words(cell('protects')).map(propertyNamed),
      kinds: words(cell('protects.kinds')).map(kindNamed),
    },
    requirementLinks: list(problems, 'requirementLinks', cell('requirementLinks')),
    controlLinks: list(problems, 'controlLinks', cell('controlLinks')).map(({ control: code, ...link }) => ({
      controlId: codeOf('controlLinks', code),
      ...link,
    })),
    together: list(problems, 'together', cell('together')).map(({ controls, ...group }) => ({
      ...group,
      controlIds: Array.isArray(controls) ? controls.map((code) => codeOf('together', code)) : controls,
    })),
    ownerId,
    retiredOn: orNull(dayOr(cell('retiredOn'))),
  }
  const read = settled(control.schema, draft, problems, controlColumnOf)
  const { one } = read
  if (one === null || existing === null || wordings(one) === wordings(existing)) return read
  return { ...read, one: { ...one, review: null } }
}

function frequencyOf(cell: Cell<ImplementationColumn>): unknown {
  const kind = cell('frequency')
  if (kind === '') return null
  if (kind === 'event')
    return {
      kind,
      trigger: local(cell, 'frequency.text') ?? {},
      withinDays: orNumber(cell('frequency.withinDays') || '0'),
    }
  const rest = {
    anchor: dayOr(cell('frequency.anchor')),
    graceDays: orNumber(cell('frequency.graceDays') || '0'),
  }
  if (kind === 'own')
    return {
      kind,
      days: orNumber(cell('frequency.days')),
      ...rest,
      justification: local(cell, 'frequency.text') ?? {},
    }
  return { kind: 'calendar', every: kind, ...rest }
}

const spokenBooleans: Readonly<Record<string, boolean>> = {
  '': true,
  yes: true,
  true: true,
  no: false,
  false: false,
}

export const implementationColumnOf = (pointer: string): string => {
  const [first = '', second = '', third = ''] = pointer.slice(1).split('/')
  if (first === 'frequency') {
    if (second === 'every' || second === 'kind' || second === '') return 'frequency'
    if (second === 'trigger' || second === 'justification') return `frequency.text.${third || 'en'}`
    return `frequency.${second}`
  }
  if (first === 'phases') return third === 'reason' ? 'reason.en' : third === 'stance' ? 'stance' : 'from'
  if (first === 'description') return `description.${second || 'en'}`
  const names: Record<string, string> = {
    controlId: 'control',
    entityId: 'entity',
    serviceId: 'service',
    ownerId: 'owner',
  }
  return names[first] ?? first
}

/** What a row is about; null where it names nothing that is here. */
export type PlaceNamed = {
  controlId: Id | null
  entityId: Id | null
  serviceId: Id | null
  problems: FieldProblem[]
}

export function placeOf(given: ReadonlyMap<string, string>, lookups: Lookups): PlaceNamed {
  const problems: FieldProblem[] = []
  const name = (column: string, ids: ReadonlyMap<string, Id>, code: string, needed: boolean) => {
    const text = given.get(column) ?? ''
    if (text === '' && needed) problems.push(at(column, 'exchange.missing'))
    return found(problems, column, text, ids, code)
  }
  return {
    controlId: name('control', lookups.controls, 'exchange.control_unknown', true),
    entityId: name('entity', lookups.entities, 'exchange.entity_unknown', true),
    serviceId: name('service', lookups.services, 'exchange.service_unknown', false),
    problems,
  }
}

/** Reads an implementation's row at the place that it names. */
export function readImplementation(
  given: ReadonlyMap<string, string>,
  columns: readonly string[],
  existing: Implementation | null,
  place: PlaceNamed,
  lookups: Lookups,
): ReadRecord<Implementation> {
  const before = existing
    ? implementationCells(existing, lookups.names)
    : new Map<ImplementationColumn, string>([['evidenceDays', '365']])
  const cell = cellOf(given, columns, before)
  const problems = [...place.problems]
  const kind = cell('frequency')
  if (kind !== '' && ![...calendarPeriods, 'own', 'event'].includes(kind))
    problems.push(at('frequency', 'exchange.frequency_unknown', { found: kind.slice(0, 40) }))
  const inheritable = spokenBooleans[cell('inheritable').toLowerCase()]
  if (inheritable === undefined) problems.push(at('inheritable', 'exchange.yes_or_no'))
  const draft = {
    id: existing?.id ?? lookups.mint(),
    version: existing?.version ?? 1,
    former: existing?.former ?? null,
    controlId: place.controlId,
    entityId: place.entityId,
    serviceId: place.serviceId,
    inheritable: inheritable ?? true,
    ownerId: found(problems, 'owner', cell('owner'), lookups.people, 'exchange.person_unknown'),
    description: local(cell, 'description') ?? {},
    frequency: frequencyOf(cell),
    evidenceDays: orNumber(cell('evidenceDays') || '365'),
    phases: [
      ...list(problems, 'earlierPhases', cell('earlierPhases')),
      { from: dayOr(cell('from')), stance: cell('stance') || 'operating', reason: local(cell, 'reason') },
    ],
    endedOn: orNull(dayOr(cell('endedOn'))),
  }
  return settled(implementation.schema, draft, problems, implementationColumnOf)
}
