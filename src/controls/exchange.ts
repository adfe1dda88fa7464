import type { Id } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import type { Control } from './control.ts'
import type { Frequency } from './frequency.ts'
import type { Implementation } from './implementation.ts'

/**
 * Controls and implementations as rows of a spreadsheet, and back without loss. What people edit by hand has a column of
 * its own; lists of links and earlier phases are JSON in a cell. Other records are named by what people call them: code,
 * key, address.
 */
export const controlColumns = [
  'code',
  'name.en',
  'name.ja',
  'objective.en',
  'objective.ja',
  'practice.en',
  'practice.ja',
  'libraryId',
  'owner',
  'protects',
  'protects.kinds',
  'retiredOn',
  'requirementLinks',
  'controlLinks',
  'together',
  /** For readers only: a file confirms nothing. */
  'reviewedOn',
] as const

export const implementationColumns = [
  'control',
  'entity',
  'service',
  'owner',
  'description.en',
  'description.ja',
  'frequency',
  'frequency.days',
  'frequency.anchor',
  'frequency.graceDays',
  'frequency.withinDays',
  'frequency.text.en',
  'frequency.text.ja',
  'evidenceDays',
  'inheritable',
  'from',
  'stance',
  'reason.en',
  'reason.ja',
  'earlierPhases',
  'endedOn',
] as const

export type ControlColumn = (typeof controlColumns)[number]
export type ImplementationColumn = (typeof implementationColumns)[number]

/** How a row names other records. */
export type Names = {
  people: ReadonlyMap<Id, string>
  controls: ReadonlyMap<Id, string>
  entities: ReadonlyMap<Id, string>
  services: ReadonlyMap<Id, string>
}

const local = (column: string, text: LocalText | null | undefined): [string, string][] => [
  [`${column}.en`, text?.en ?? ''],
  [`${column}.ja`, text?.ja ?? ''],
]

const json = (list: readonly unknown[]): string => (list.length === 0 ? '' : JSON.stringify(list))

const named = (names: ReadonlyMap<Id, string>, id: Id | null): string =>
  id === null ? '' : (names.get(id) ?? id)

const inOrder = <Column extends string>(columns: readonly Column[], cells: readonly [string, string][]) => {
  const found = new Map(cells)
  return new Map(columns.map((column): [Column, string] => [column, found.get(column) ?? '']))
}

/** The cells of a control by column; a column without a value has the empty text. */
export const controlCells = (one: Control, names: Names): ReadonlyMap<ControlColumn, string> =>
  inOrder(controlColumns, [
    ['code', one.code],
    ...local('name', one.name),
    ...local('objective', one.objective),
    ...local('practice', one.practice),
    ['libraryId', one.libraryId ?? ''],
    ['owner', named(names.people, one.ownerId)],
    ['protects', one.protects.properties.join(' ')],
    ['protects.kinds', one.protects.kinds.join(' ')],
    ['retiredOn', one.retiredOn ?? ''],
    ['requirementLinks', json(one.requirementLinks)],
    [
      'controlLinks',
      json(
        one.controlLinks.map(({ controlId, ...link }) => ({
          control: named(names.controls, controlId),
          ...link,
        })),
      ),
    ],
    [
      'together',
      json(
        one.together.map(({ controlIds, ...group }) => ({
          ...group,
          controls: controlIds.map((id) => named(names.controls, id)),
        })),
      ),
    ],
    ['reviewedOn', one.review?.on ?? ''],
  ])

function frequencyCells(frequency: Frequency | null): [string, string][] {
  if (frequency === null) return []
  if (frequency.kind === 'event')
    return [
      ['frequency', 'event'],
      ['frequency.withinDays', String(frequency.withinDays)],
      ...local('frequency.text', frequency.trigger),
    ]
  const rest: [string, string][] = [
    ['frequency.anchor', frequency.anchor],
    ['frequency.graceDays', String(frequency.graceDays)],
  ]
  return frequency.kind === 'calendar'
    ? [['frequency', frequency.every], ...rest]
    : [
        ['frequency', 'own'],
        ['frequency.days', String(frequency.days)],
        ...rest,
        ...local('frequency.text', frequency.justification),
      ]
}

/** The cells of an implementation by column: its newest phase is spelled out. */
export function implementationCells(
  one: Implementation,
  names: Names,
): ReadonlyMap<ImplementationColumn, string> {
  const newest = one.phases.at(-1)
  return inOrder(implementationColumns, [
    ['control', named(names.controls, one.controlId)],
    ['entity', named(names.entities, one.entityId)],
    ['service', named(names.services, one.serviceId)],
    ['owner', named(names.people, one.ownerId)],
    ...local('description', one.description),
    ...frequencyCells(one.frequency),
    ['evidenceDays', String(one.evidenceDays)],
    ['inheritable', one.inheritable ? 'yes' : 'no'],
    ['from', newest?.from ?? ''],
    ['stance', newest?.stance ?? ''],
    ...local('reason', newest?.reason),
    ['earlierPhases', json(one.phases.slice(0, -1))],
    ['endedOn', one.endedOn ?? ''],
  ])
}
