import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import type { Objective, Target } from './objective.ts'

/**
 * Objectives as rows of a spreadsheet, and back without loss. Other records are named by what people call them: key,
 * address; several stand in a cell with commas between them. Targets are days with their values: `2023-12-31 98.5;
 * 2024-12-31 90..95`. Readings are rows of a file of their own.
 */
export const objectiveColumns = [
  'key',
  'name.en',
  'name.ja',
  'why.en',
  'why.ja',
  'programmes',
  'entities',
  'owner',
  'plan.en',
  'plan.ja',
  'measure.en',
  'measure.ja',
  'method.en',
  'method.ja',
  'unit.en',
  'unit.ja',
  'direction',
  'everyMonths',
  'measuredBy',
  'evaluatedBy',
  'targets',
  'from',
  'to',
  // For readers only: how it stands follows from its readings.
  'state',
  'value',
  'readOn',
] as const

export type ObjectiveColumn = (typeof objectiveColumns)[number]
export type ObjectiveCells = ReadonlyMap<ObjectiveColumn, string>

/** How a row names other records. */
export type ObjectiveNames = Readonly<Record<'people' | 'entities' | 'programmes', ReadonlyMap<Id, string>>>

/** What a day says of it. */
export type Stands = { state: string; value: number | null; readOn: string | null }

const local = (column: string, text: LocalText | null): [string, string][] => [
  [`${column}.en`, text?.en ?? ''],
  [`${column}.ja`, text?.ja ?? ''],
]

const targetText = ({ by, value, upper }: Target): string =>
  `${by} ${value}${upper === null ? '' : `..${upper}`}`

/** The cells of an objective by column; a column without a value has the empty text. */
export function objectiveCells(one: Objective, names: ObjectiveNames, stands: Stands | null): ObjectiveCells {
  const { measure } = one
  const listed = (of: ReadonlyMap<Id, string>, ids: readonly Id[]) =>
    ids.map((id) => of.get(id) ?? id).join(', ')
  const person = (id: Id | null) => (id === null ? '' : (names.people.get(id) ?? id))
  const cells = new Map<string, string>([
    ['key', one.key],
    ...local('name', one.name),
    ...local('why', one.why),
    ['programmes', listed(names.programmes, one.programmeIds)],
    ['entities', listed(names.entities, one.entityIds)],
    ['owner', person(one.ownerId)],
    ...local('plan', one.plan),
    ...local('measure', measure.name),
    ...local('method', measure.method),
    ...local('unit', measure.unit),
    ['direction', measure.direction],
    ['everyMonths', String(measure.everyMonths)],
    ['measuredBy', person(measure.measuredById)],
    ['evaluatedBy', person(measure.evaluatedById)],
    ['targets', one.targets.map(targetText).join('; ')],
    ['from', one.from ?? ''],
    ['to', one.to ?? ''],
    ['state', stands?.state ?? ''],
    ['value', stands?.value === null || stands === null ? '' : String(stands.value)],
    ['readOn', stands?.readOn ?? ''],
  ])
  return new Map(objectiveColumns.map((column) => [column, cells.get(column) ?? '']))
}
