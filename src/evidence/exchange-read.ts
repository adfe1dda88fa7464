import { isDay } from '../kernel/day.ts'
import type { FieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { distinct, found, type ReadRecord, settled } from '../tabular/read-row.ts'
import { type Evidence, evidence } from './evidence.ts'
import { type EvidenceColumn, evidenceCells, linkTexts } from './exchange.ts'
import {
  at,
  dayText,
  type EvidenceLookups,
  files,
  items,
  linked,
  placeNamed,
  type Reading,
  requirements,
  taskNamed,
} from './exchange-links.ts'
import { derivedValidity } from './rules.ts'

const columnNames: Readonly<Record<string, EvidenceColumn>> = {
  entityId: 'entity',
  collectorId: 'collectedBy',
  implementationIds: 'controls',
  occurrenceIds: 'tasks',
  assetIds: 'assets',
}

export const evidenceColumnOf = (pointer: string): string => {
  const [first = ''] = pointer.slice(1).split('/')
  return columnNames[first] ?? first
}

const followed: Readonly<Record<string, EvidenceColumn>> = {
  '/validUntil': 'collectedOn',
  '/collectedOn': 'aboutTo',
  '/aboutTo': 'aboutFrom',
}

/** A day that a row leaves out follows from another one: what is wrong with it is wrong with that one. */
export function atSaidDays(
  problems: readonly FieldProblem[],
  given: ReadonlyMap<string, string>,
): FieldProblem[] {
  const said = (pointer: string): string => {
    const other = followed[pointer]
    return other === undefined || (given.get(pointer.slice(1)) ?? '').trim() !== ''
      ? pointer
      : said(`/${other}`)
  }
  return distinct(problems.map((one) => ({ ...one, pointer: said(one.pointer) })))
}

type Cell = (column: EvidenceColumn) => string

/** What an item says of itself does not change once somebody may have seen it: of these a file may only say the same. */
const fixed = [
  ['title', 'title'],
  ['description', 'description'],
  ['entityId', 'entity'],
  ['source', 'source'],
  ['location', 'location'],
  ['collector', 'collector'],
  ['collectorId', 'collectedBy'],
  ['aboutFrom', 'aboutFrom'],
  ['aboutTo', 'aboutTo'],
  ['collectedOn', 'collectedOn'],
  ['toleranceDays', 'toleranceDays'],
] as const satisfies readonly (readonly [keyof Evidence, EvidenceColumn])[]

const orNull = (text: string): string | null => (text === '' ? null : text)
const orNumber = (text: string): string | number => (/^\d{1,6}$/.test(text) ? Number(text) : text)

/** What a row says of the item itself; days that it leaves out follow from the others. */
function factsOf(cell: Cell, problems: FieldProblem[], lookups: EvidenceLookups) {
  const entityId = found(problems, 'entity', cell('entity'), lookups.entities, 'exchange.entity_unknown')
  const aboutFrom = dayText(cell('aboutFrom'))
  const aboutTo = dayText(cell('aboutTo')) || aboutFrom
  const hasFiles = cell('files') !== ''
  return {
    title: cell('title'),
    description: orNull(cell('description')),
    entityId,
    source: cell('source').toLowerCase() || (hasFiles ? 'uploaded' : 'referenced'),
    location: orNull(cell('location')),
    collector: orNull(cell('collector')),
    collectorId: found(
      problems,
      'collectedBy',
      cell('collectedBy'),
      lookups.people,
      'evidence.collector_unknown',
    ),
    aboutFrom,
    aboutTo,
    collectedOn: dayText(cell('collectedOn')) || aboutTo,
    toleranceDays: orNumber(cell('toleranceDays') || '0'),
  }
}

/** What a row says that an item is for. Where it says nothing, the item keeps what it has. */
function linksOf(cell: Cell, reading: Reading, before: Evidence | null) {
  const { lookups, problems } = reading
  const known = before ? linkTexts(before, lookups.names) : { controls: [], tasks: [], assets: [] }
  const read = (
    column: 'controls' | 'tasks' | 'assets',
    kept: readonly Id[] | undefined,
    one: (text: string) => Id | null,
  ): Id[] => (cell(column) === '' ? [...(kept ?? [])] : linked(items(cell(column)), known[column], one))
  const occurrenceIds = read('tasks', before?.occurrenceIds, (text) => taskNamed(reading, text))
  const named = read(
    'controls',
    before?.implementationIds,
    (text) => placeNamed(reading, 'controls', text)?.id ?? null,
  )
  // What shows that a task was done shows that the control is carried out.
  const ofTasks = occurrenceIds
    .filter((id) => !before?.occurrenceIds.includes(id))
    .flatMap((id) => lookups.implementationOf(id) ?? [])
  return {
    implementationIds: [...new Set([...named, ...ofTasks])],
    occurrenceIds,
    requirements:
      before && cell('requirements') === ''
        ? before.requirements
        : requirements(reading, cell('requirements')),
    assetIds: read('assets', before?.assetIds, (text) =>
      found(problems, 'assets', text, lookups.assets, 'evidence.asset_unknown'),
    ),
  }
}

/** The last day for which an item speaks: as the row says, else by what it is for. */
function validity(
  lookups: EvidenceLookups,
  stated: string | null,
  one: Pick<Evidence, 'aboutTo' | 'implementationIds' | 'occurrenceIds'>,
) {
  if (stated !== null || !isDay(one.aboutTo)) return stated ?? ''
  const ids = [
    ...one.implementationIds,
    ...one.occurrenceIds.flatMap((id) => lookups.implementationOf(id) ?? []),
  ]
  return derivedValidity(
    one,
    ids.flatMap((id) => lookups.implementation(id) ?? []),
  )
}

/** A row about an item that is here: what it says of itself stays, what it is for and how long it is kept may change. */
function readChange(given: Cell, before: Evidence, lookups: EvidenceLookups): ReadRecord<Evidence> {
  const cells = evidenceCells(before, lookups.names, '')
  const cell: Cell = (column) => (given(column) === cells.get(column) ? '' : given(column))
  const problems: FieldProblem[] = []
  const facts = factsOf(cell, problems, lookups)
  const reading = { lookups, problems, entityId: before.entityId, day: before.aboutTo }
  const links = linksOf(cell, reading, before)
  const kept = new Set(before.files.map((file) => file.digest))
  const others = items(cell('files'), /\n/).some((line) => !kept.has(line.slice(0, 64).toLowerCase()))
  const until = dayText(cell('validUntil'))
  const told = new Set(problems.map((one) => one.pointer))
  const changed: EvidenceColumn[] = [
    ...fixed.flatMap(([field, column]) =>
      cell(column) === '' || facts[field] === before[field] || told.has(`/${column}`) ? [] : [column],
    ),
    ...(until === '' || (before.validityStated && until === before.validUntil)
      ? []
      : ['validUntil' as const]),
    ...(others ? ['files' as const] : []),
  ]
  problems.push(...changed.map((column) => at(column, 'evidence.said_already')))
  const after = {
    ...before,
    ...links,
    retainUntil: orNull(dayText(cell('retainUntil'))) ?? before.retainUntil,
  }
  const validUntil = validity(lookups, before.validityStated ? before.validUntil : null, after)
  return settled(evidence.schema, { ...after, validUntil }, problems, evidenceColumnOf)
}

/**
 * Reads a row. An item that is here already keeps what it says of itself; a row changes what it is linked to and how long it
 * is kept, and an empty cell changes nothing.
 */
export function readEvidence(
  given: ReadonlyMap<string, string>,
  before: Evidence | null,
  lookups: EvidenceLookups,
): ReadRecord<Evidence> {
  const cell: Cell = (column) => (given.get(column) ?? '').trim()
  if (before) return readChange(cell, before, lookups)
  const problems: FieldProblem[] = []
  const facts = factsOf(cell, problems, lookups)
  const reading = { lookups, problems, entityId: facts.entityId ?? '', day: facts.aboutTo }
  const links = linksOf(cell, reading, null)
  const stated = orNull(dayText(cell('validUntil')))
  const draft = {
    ...facts,
    ...links,
    ...{ id: lookups.mint(), version: 1, addedById: lookups.actorId, collectedAt: null },
    validUntil: validity(lookups, stated, { ...links, aboutTo: facts.aboutTo }),
    validityStated: stated !== null,
    files: files(reading, cell('files')),
    ...{ data: null, review: null, replaces: null, withdrawn: null },
    retainUntil: orNull(dayText(cell('retainUntil'))),
    ...{ hold: null, disposed: null },
  }
  return settled(evidence.schema, draft, problems, evidenceColumnOf)
}
