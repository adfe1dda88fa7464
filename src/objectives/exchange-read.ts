import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import { dayOr } from '../tabular/read-day.ts'
import { found, type ReadRecord, settled } from '../tabular/read-row.ts'
import { type ObjectiveColumn, type ObjectiveNames, objectiveCells } from './exchange.ts'
import { type Objective, objective } from './objective.ts'
import { numberIn } from './reading-exchange.ts'

/** What rows are read against; names are matched without regard to case. */
export type ObjectiveLookups = Readonly<
  Record<'people' | 'entities' | 'programmes', ReadonlyMap<string, Id>>
> & { names: ObjectiveNames; mint(): Id }

type Given = { cells: ReadonlyMap<string, string>; columns: readonly string[] }
type Reading = { cell(column: ObjectiveColumn): string; problems: FieldProblem[]; lookups: ObjectiveLookups }

const orNull = (text: string): string | null => (text === '' ? null : text)

function local(
  { cell }: Reading,
  column: 'name' | 'why' | 'plan' | 'measure' | 'method' | 'unit',
): LocalText {
  const [en, ja] = [cell(`${column}.en`), cell(`${column}.ja`)]
  return { ...(en && { en }), ...(ja && { ja }) }
}

const parts = (text: string, separators: RegExp): string[] =>
  text
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** What the record names already stays, also where whoever brings the file may not see it and it has no name for them. */
function ids(
  row: Reading,
  column: 'programmes' | 'entities',
  code: string,
  before: readonly Id[] = [],
): (Id | null)[] {
  const known = row.lookups[column]
  return parts(row.cell(column), /[,、，;\n]/).map((name) =>
    before.includes(name) ? name : found(row.problems, column, name, known, code),
  )
}

const person = ({ cell, problems, lookups }: Reading, column: 'owner' | 'measuredBy' | 'evaluatedBy') =>
  found(problems, column, cell(column), lookups.people, 'exchange.person_unknown')

/** A day with its value, or with the two values between which the measure is to stay. */
const targetPattern = /^(\S+)\s+(\S+?)(?:\s*(?:\.\.|〜|～)\s*(\S+))?$/

function targets({ cell, problems }: Reading): unknown[] {
  return parts(cell('targets'), /[;；\n]/).flatMap((text) => {
    const [, by = '', value = '', upper] = targetPattern.exec(text) ?? []
    const read = {
      by: dayOr(by),
      value: numberIn(value),
      upper: upper === undefined ? null : numberIn(upper),
    }
    if (read.value !== null && (upper === undefined || read.upper !== null)) return [read]
    problems.push(fieldProblem('/targets', 'objective.target_unreadable', { found: text.slice(0, 80) }))
    return []
  })
}

const spoken: Readonly<Record<string, string>> = {
  ...{ 増加: 'up', 以上: 'up', 減少: 'down', 以下: 'down', 範囲: 'within', 範囲内: 'within' },
}

const columnNames: Readonly<Record<string, string>> = {
  ...{ programmeIds: 'programmes', entityIds: 'entities', ownerId: 'owner' },
  ...{ measuredById: 'measuredBy', evaluatedById: 'evaluatedBy' },
}

/** The column in which a part of an objective is written. */
export function objectiveColumnOf(pointer: string): string {
  const [first = '', second = '', third = ''] = pointer.slice(1).split('/')
  if (first === 'measure') {
    if (second === 'name') return `measure.${third || 'en'}`
    if (second === 'method' || second === 'unit') return `${second}.${third || 'en'}`
    return columnNames[second] ?? (second || 'measure.en')
  }
  if (['name', 'why', 'plan'].includes(first)) return `${first}.${second || 'en'}`
  return columnNames[first] ?? first
}

/** Reads an objective's row. Columns that the file does not have keep what the record says. */
export function readObjective(
  given: Given,
  existing: Objective | null,
  lookups: ObjectiveLookups,
): ReadRecord<Objective> {
  const before = existing ? objectiveCells(existing, lookups.names, null) : new Map<ObjectiveColumn, string>()
  const cell = (column: ObjectiveColumn) =>
    ((given.columns.includes(column) ? given.cells.get(column) : before.get(column)) ?? '').trim()
  const row: Reading = { cell, problems: [], lookups }
  const months = numberIn(cell('everyMonths'))
  const plan = local(row, 'plan')
  const draft = {
    id: existing?.id ?? lookups.mint(),
    version: existing?.version ?? 1,
    former: existing?.former ?? null,
    key: cell('key').toLowerCase(),
    name: local(row, 'name'),
    why: local(row, 'why'),
    programmeIds: ids(row, 'programmes', 'exchange.programme_unknown', existing?.programmeIds),
    entityIds: ids(row, 'entities', 'exchange.entity_unknown', existing?.entityIds),
    ownerId: person(row, 'owner'),
    plan: plan.en || plan.ja ? plan : null,
    measure: {
      name: local(row, 'measure'),
      method: local(row, 'method'),
      unit: local(row, 'unit'),
      direction: spoken[cell('direction')] ?? cell('direction').toLowerCase(),
      everyMonths: months,
      measuredById: person(row, 'measuredBy'),
      evaluatedById: person(row, 'evaluatedBy'),
    },
    targets: targets(row),
    from: orNull(dayOr(cell('from'))),
    to: orNull(dayOr(cell('to'))),
  }
  return settled(objective.schema, draft, row.problems, objectiveColumnOf)
}
