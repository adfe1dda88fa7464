import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import { type ValueKind, valueKinds } from './rating.ts'
import type { Risk } from './risk.ts'
import type { Standing } from './standing.ts'

/**
 * Risks as rows of a spreadsheet, and back without loss of what people write there. Other records are named by what people
 * call them: code, key, address; several stand in a cell with commas between them. Levels are counted from 1, as the
 * method shows them. Treatment, plan and acceptance are for readers only: a file decides and accepts nothing.
 */
const values = valueKinds.flatMap((kind) => [`${kind}.likelihood`, `${kind}.consequence`] as const)

export const riskColumns = [
  'code',
  'name.en',
  'name.ja',
  'scenario.en',
  'scenario.ja',
  'approach',
  'threat.en',
  'threat.ja',
  'vulnerability.en',
  'vulnerability.ja',
  'affects',
  'entity',
  'services',
  'assets',
  'issues',
  'obligations',
  'owner',
  'identifiedOn',
  'reviewMonths',
  'assessedOn',
  ...values,
  'rationale',
  'exception',
  // For readers only.
  'method',
  'level',
  'state',
  'treatment',
  'controls',
  'actions',
  'acceptedOn',
  'reviewDue',
] as const

export type RiskColumn = (typeof riskColumns)[number]

type Keys = ReadonlyMap<Id, string>

/** How a row names other records. */
export type Names = Readonly<
  Record<'people' | 'entities' | 'services' | 'assets' | 'issues' | 'obligations' | 'controls', Keys>
>

const local = (column: string, text: LocalText | null): [string, string][] => [
  [`${column}.en`, text?.en ?? ''],
  [`${column}.ja`, text?.ja ?? ''],
]

const list = (ids: readonly Id[], keys: Keys): string => ids.map((id) => keys.get(id) ?? id).join(', ')

const valueCells = (kind: ValueKind, value: { likelihood: number; consequence: number } | undefined) =>
  (['likelihood', 'consequence'] as const).map((axis): [string, string] => [
    `${kind}.${axis}`,
    value ? String(value[axis] + 1) : '',
  ])

/** What is written about a risk, by column. */
function writtenCells(one: Risk, names: Names): [string, string][] {
  return [
    ['code', one.code],
    ...local('name', one.name),
    ...local('scenario', one.scenario),
    ['approach', one.approach],
    ...local('threat', one.threat),
    ...local('vulnerability', one.vulnerability),
    ['affects', one.affects.join(', ')],
    ['entity', names.entities.get(one.entityId) ?? one.entityId],
    ['services', list(one.serviceIds, names.services)],
    ['assets', list(one.assetIds, names.assets)],
    ['issues', list(one.issueIds, names.issues)],
    ['obligations', list(one.obligationIds, names.obligations)],
    ['owner', one.ownerId === null ? '' : (names.people.get(one.ownerId) ?? one.ownerId)],
    ['identifiedOn', one.identifiedOn],
    ['reviewMonths', one.reviewMonths === null ? '' : String(one.reviewMonths)],
  ]
}

/** What a day says of a risk, by column. */
function standingCells({ view, ...standing }: Standing, names: Names): [string, string][] {
  const { assessment, treatment } = view
  const { actions, done } = standing.progress
  return [
    ['assessedOn', assessment?.on ?? ''],
    ...valueKinds.flatMap((kind) => valueCells(kind, assessment?.[kind])),
    ['rationale', assessment?.rationale ?? ''],
    ['exception', assessment?.exception ?? ''],
    ['method', standing.method ? String(standing.method.number) : ''],
    ['level', standing.ratings.residual?.band.key ?? ''],
    ['state', standing.state],
    ['treatment', treatment?.option ?? ''],
    ['controls', list(treatment?.controlIds ?? [], names.controls)],
    ['actions', actions === 0 ? '' : `${done}/${actions}`],
    ['acceptedOn', standing.acceptanceState === 'current' ? (standing.acceptance?.on ?? '') : ''],
    ['reviewDue', standing.reviewDue ?? ''],
  ]
}

/** The cells of a risk by column, as it stands on a day; a column without a value has the empty text. */
export function riskCells(one: Risk, standing: Standing, names: Names): ReadonlyMap<RiskColumn, string> {
  const found = new Map([...writtenCells(one, names), ...standingCells(standing, names)])
  return new Map(riskColumns.map((column) => [column, found.get(column) ?? '']))
}
