import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { dayWritten } from '../tabular/read-day.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceColumn, EvidenceNames } from './exchange.ts'
import type { EvidenceFile } from './file.ts'

type Carried = { id: Id; evidenceDays: number }

/** What rows are read against; names are matched without regard to case. */
export type EvidenceLookups = {
  names: EvidenceNames
  entities: ReadonlyMap<string, Id>
  people: ReadonlyMap<string, Id>
  assets: ReadonlyMap<string, Id>
  /** How a control is carried out at an entity, or for a service of it, on a day; one inherited counts where it has none. */
  carried(control: string, entity: Id, service: string | null, day: string): Carried | null
  /** The task of an implementation whose period a day lies in. */
  occurrence(implementationId: Id, day: string): Id | null
  implementation(id: Id): Carried | null
  implementationOf(occurrenceId: Id): Id | null
  isRequirement(edition: string, requirement: string): boolean
  /** What is known of a stored file that the actor may use. */
  file(digest: string): Omit<EvidenceFile, 'id' | 'name'> | null
  actorId: Id | null
  mint(): Id
}

/** A problem at a column of the file. */
export const at = (column: EvidenceColumn, code: string, params?: Record<string, string | number>) =>
  fieldProblem(`/${column}`, code, params)

/** What people and spreadsheets write for a day, with a time of it or without: a listing of a system has instants. */
export const dayText = (text: string): string => dayWritten(text.replace(/[T\s]\d{1,2}:\d{2}.*$/, '')) ?? text

/** What a cell lists, each once. */
export const items = (text: string, separators = /[;\n,、]/): string[] => [
  ...new Set(
    text
      .split(separators)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]

const placePattern = /^([^@\s]+)(?:@([^/\s]+)(?:\/(\S+))?)?$/

export type Reading = {
  lookups: EvidenceLookups
  problems: FieldProblem[]
  entityId: Id
  /** A day on which what is named was so. */
  day: string
}

/** An implementation by the name of its place; null with a problem where nothing is carried out there. */
export function placeNamed(
  { lookups, problems, entityId, day }: Reading,
  column: 'controls' | 'tasks',
  text: string,
) {
  const [, control = '', entity = '', service = null] = placePattern.exec(text) ?? []
  const where = entity === '' ? entityId : lookups.entities.get(entity.toLowerCase())
  const one = where === undefined ? null : lookups.carried(control.toLowerCase(), where, service, day)
  if (one === null) problems.push(at(column, 'evidence.place_unknown', { name: text.slice(0, 80) }))
  return one
}

export function taskNamed(reading: Reading, text: string): Id | null {
  const match = /^(.*\S)\s+(\S+)$/.exec(text)
  const day = dayText(match?.[2] ?? '')
  const place = match ? placeNamed({ ...reading, day }, 'tasks', match[1] ?? '') : null
  if (match && place === null) return null
  const id = place ? reading.lookups.occurrence(place.id, day) : null
  if (id === null) reading.problems.push(at('tasks', 'evidence.task_unknown', { name: text.slice(0, 80) }))
  return id
}

/** Reads the names of a cell; those that the item has already keep what they name, whatever has become of it. */
export function linked(
  texts: readonly string[],
  before: readonly (readonly [string, Id])[],
  read: (text: string) => Id | null,
): Id[] {
  const known = Map.groupBy(before, ([text]) => text.toLowerCase())
  const ids = texts.flatMap((text) => {
    const here = known.get(text.toLowerCase())
    return here ? here.map(([, id]) => id) : [read(text)]
  })
  const whole = [...new Set(ids.filter((id) => id !== null))]
  const old = before.map(([, id]) => id)
  // Another order is no change.
  return whole.length === old.length && whole.every((id) => old.includes(id)) ? old : whole
}

export function requirements(reading: Reading, text: string): Evidence['requirements'] {
  return items(text, /[;\n]/).flatMap((one) => {
    const [, edition = '', requirement = ''] = /^(\S+)\s+(\S.*)$/.exec(one) ?? []
    if (reading.lookups.isRequirement(edition, requirement)) return [{ edition, requirement }]
    reading.problems.push(at('requirements', 'evidence.requirement_unknown', { name: one.slice(0, 80) }))
    return []
  })
}

/** Files by digest, as `sha256sum` lists them: digest, blanks, name. */
export function files({ lookups, problems }: Reading, text: string): EvidenceFile[] {
  return items(text, /\n/).flatMap((line) => {
    const [, digest = '', name = ''] = /^([0-9a-f]{64})(?:\s+\*?(.*))?$/i.exec(line) ?? []
    const facts = digest === '' ? null : lookups.file(digest.toLowerCase())
    if (facts) return [{ id: lookups.mint(), name: name || `${digest.slice(0, 12)}`, ...facts }]
    problems.push(
      at('files', digest === '' ? 'evidence.digest_form' : 'evidence.digest_unknown', {
        name: line.slice(0, 80),
      }),
    )
    return []
  })
}
