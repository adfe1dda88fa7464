import { canonicalize } from '#tlog'
import { implementation } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import { everyOf } from '../../db/loaded.ts'
import { type Evidence, evidence } from '../../evidence/evidence.ts'
import { verdictProblems } from '../../evidence/judgement.ts'
import { contentProblems, derivedValidity, repeated, timeProblems } from '../../evidence/rules.ts'
import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { asJson, contentOf, taken } from './evidence-files.ts'
import { type Item, itemsOf } from './evidence-parts.ts'
import type { Placed } from './implementations.ts'
import {
  bringAll,
  everyRecord,
  idOf,
  idOrNull,
  locatedAt,
  noteLeft,
  type Run,
  refuseLocated,
  type Wanted,
} from './run.ts'

type Path = readonly PropertyKey[]

const refuse = (run: Run, path: Path, code: string, params: Record<string, string>) =>
  locatedAt(run, path, () => Promise.reject<never>(new Problem('invalid', code, params)))

/** What a file knows an item by: its place, its title and its days. */
const nameOf = (
  one: Pick<Evidence, 'entityId' | 'title' | 'aboutFrom' | 'aboutTo' | 'collectedOn'>,
): string => [one.entityId, one.aboutFrom, one.aboutTo, one.collectedOn, one.title].join(' ')

type Use = { implementationIds: Id[]; occurrenceIds: Id[]; implementations: { evidenceDays: number }[] }

const placeOf = (controlId: Id, entityId: Id, serviceId: Id | null) =>
  `${controlId} ${entityId} ${serviceId ?? ''}`

type Known = {
  byPlace: ReadonlyMap<string, { id: Id; evidenceDays: number }>
  /** Ids of occurrences by implementation and first day. */
  periods: ReadonlyMap<string, Id>
}

async function knownOf(run: Run): Promise<Known> {
  const running = await everyRecord(run.ctx, implementation)
  const inOrder = running.toSorted((a, b) => ((a.endedOn ?? '9999') < (b.endedOn ?? '9999') ? -1 : 1))
  const planned = (await everyRecord(run.ctx, occurrence)).filter((one) => one.cancelled === null)
  return {
    byPlace: new Map(inOrder.map((one) => [placeOf(one.controlId, one.entityId, one.serviceId), one])),
    periods: new Map(planned.map((one) => [`${one.implementationId} ${one.periodFrom}`, one.id])),
  }
}

/** What an item shows: the implementation that it stands below, and those that it names. */
async function shownBy(run: Run, { part, path, placed }: Item, known: Known): Promise<Use> {
  const use: Use = { implementationIds: [], occurrenceIds: [], implementations: [] }
  const add = async (of: { id: Id; evidenceDays: number }, period: string | null, at: Path) => {
    if (!use.implementationIds.includes(of.id)) {
      use.implementationIds.push(of.id)
      use.implementations.push(of)
    }
    if (period === null) return
    const found = known.periods.get(`${of.id} ${period}`)
    use.occurrenceIds.push(found ?? (await refuse(run, at, 'programme.no_period', { day: period })))
  }
  if (placed) await add(placed.one, part.period, path)
  for (const [index, one] of part.for.entries()) {
    const at = [...path, 'for', index]
    const place = placeOf(
      await idOf(run, 'control', one.control, [...at, 'control']),
      await idOf(run, 'entity', one.entity, [...at, 'entity']),
      await idOrNull(run, 'service', one.service, [...at, 'service']),
    )
    const of = known.byPlace.get(place)
    await add(
      of ?? (await refuse(run, at, 'programme.control_place', { control: one.control })),
      one.period,
      [...at, 'period'],
    )
  }
  return use
}

async function peopleOf(run: Run, { part, path }: Item) {
  const { ctx } = run
  const actorId = ctx.actor.kind === 'person' ? ctx.actor.id : null
  const { review, hold } = part
  return {
    collectorId: await idOrNull(run, 'person', part.collectedBy, [...path, 'collectedBy']),
    addedById: (await idOrNull(run, 'person', part.addedBy, [...path, 'addedBy'])) ?? actorId,
    review: review && {
      verdict: review.verdict,
      personId: await idOf(run, 'person', review.by, [...path, 'review', 'by']),
      on: review.on,
      note: review.note,
    },
    hold: hold && {
      since: hold.since,
      reason: hold.reason,
      personId: await idOf(run, 'person', hold.by, [...path, 'hold', 'by']),
    },
  }
}

async function factsOf(run: Run, item: Item, known: Known) {
  const { part, path, placed } = item
  const days = typeof part.about === 'string' ? { from: part.about, to: part.about } : part.about
  const entityId =
    part.entity === null && placed
      ? placed.one.entityId
      : await idOf(run, 'entity', part.entity ?? '', [...path, 'entity'])
  const assetIds: Id[] = []
  for (const [index, key] of part.assets.entries())
    assetIds.push(await idOf(run, 'asset', key, [...path, 'assets', index]))
  const { implementations, ...use } = await shownBy(run, item, known)
  return {
    title: part.title,
    description: part.description,
    entityId,
    source: part.source,
    collector: part.collector,
    aboutFrom: days.from,
    aboutTo: days.to,
    collectedOn: part.collected ?? days.to,
    collectedAt: part.collectedAt,
    validUntil: part.valid ?? derivedValidity({ aboutTo: days.to }, implementations),
    validityStated: part.valid !== null,
    toleranceDays: part.tolerance,
    ...use,
    requirements: part.requirements,
    assetIds,
    ...(await peopleOf(run, item)),
    retainUntil: part.retain,
  }
}

type Facts = Awaited<ReturnType<typeof factsOf>>

const together = (before: readonly Id[], wanted: readonly Id[]): Id[] => [...new Set([...before, ...wanted])]

/**
 * An item that is here already: the file adds links, a verdict where none is, and the days for which it is kept. What the
 * item says of itself stays; a file that says otherwise is refused.
 */
async function laidOnto(run: Run, before: Evidence, facts: Facts, { path, part }: Item): Promise<Evidence> {
  const { description, source, collector, collectorId, toleranceDays } = facts
  // Who is not named is not compared: somebody who left has no key in a file.
  const person = collectorId === null ? {} : { collectorId }
  const said = { description, source, collector, toleranceDays, ...person }
  const differing = Object.entries(said)
    .filter(([name, value]) => canonicalize(before[name as keyof Evidence]) !== canonicalize(value))
    .map(([name]) => name)
  const named = part.files.map((one) => contentOf(run, one, path)?.digest)
  const kept = new Set(before.files.map((file) => file.digest))
  if (named.some((digest) => digest !== undefined && !kept.has(digest))) differing.push('files')
  if (differing.length > 0)
    return refuse(run, path, 'programme.evidence_fixed', { fields: differing.join(', ') })
  const after: Evidence = {
    ...before,
    implementationIds: together(before.implementationIds, facts.implementationIds),
    occurrenceIds: together(before.occurrenceIds, facts.occurrenceIds),
    assetIds: together(before.assetIds, facts.assetIds),
    requirements: [
      ...before.requirements,
      ...facts.requirements.filter(
        (one) =>
          !before.requirements.some(
            (other) => other.edition === one.edition && other.requirement === one.requirement,
          ),
      ),
    ],
    review: before.review ?? facts.review,
    retainUntil: facts.retainUntil ?? before.retainUntil,
    hold: before.hold ?? facts.hold,
  }
  return after
}

/** A new item with its files, which are stored now. */
async function composed(run: Run, facts: Facts, { path, part }: Item): Promise<Evidence> {
  const files: Evidence['files'] = []
  for (const [index, one] of part.files.entries()) {
    const at = [...path, 'files', index]
    const file = await taken(run, contentOf(run, one, at), one, at)
    if (file) files.push(file)
  }
  let data: Evidence['data'] = null
  if (part.data) {
    const at = [...path, 'data']
    const { kind, value, file } = part.data
    const content = value === undefined ? { file } : { text: asJson(value), name: `${kind}.json` }
    const found = await taken(run, contentOf(run, content, at), content, at)
    if (found) data = { kind, digest: found.digest, size: found.size }
  }
  return {
    ...facts,
    ...{ id: newId(run.ctx.random), version: 0, files, data },
    ...{ replaces: null, withdrawn: null, disposed: null },
  }
}

const idsOf = (run: Run, { part }: Item, keys: ReadonlyMap<string, Id>, path: Path): Promise<Id | null> => {
  if (part.replaces === null) return Promise.resolve(null)
  const id = keys.get(part.replaces)
  return id === undefined
    ? refuse(run, [...path, 'replaces'], 'programme.reference', { noun: 'evidence', key: part.replaces })
    : Promise.resolve(id)
}

async function wantedOf(run: Run, items: readonly Item[], known: Known): Promise<Wanted<Evidence>[]> {
  const present = Map.groupBy(await everyRecord(run.ctx, evidence), nameOf)
  const keys = new Map<string, Id>()
  const names = new Set<string>()
  const wanted: Wanted<Evidence>[] = []
  for (const item of items) {
    const facts = await factsOf(run, item, known)
    const name = nameOf(facts)
    if (names.has(name)) await refuse(run, item.path, 'programme.evidence_twice', {})
    names.add(name)
    const [before] = present.get(name) ?? []
    const replaces = before?.replaces ?? (await idsOf(run, item, keys, item.path))
    const made = before ? await laidOnto(run, before, facts, item) : await composed(run, facts, item)
    if (item.part.key !== undefined) keys.set(item.part.key, made.id)
    wanted.push({ key: facts.title, path: item.path, before, after: { ...made, replaces } })
  }
  return wanted
}

/** The evidence that the file names. Verdicts in it are history: the log says who brought them. */
export async function bringEvidence(run: Run, placed: readonly Placed[]): Promise<Evidence[]> {
  const { ctx } = run
  const known = await knownOf(run)
  const here = [...(await everyOf(ctx, evidence)).values()]
  const wanted = await wantedOf(run, itemsOf(run, placed), known)
  refuseLocated(
    run,
    wanted.map(({ path, after }) => ({ path, problems: verdictProblems(after, ctx.today) })),
  )
  const isKnown = ({ edition, requirement }: Evidence['requirements'][number]) =>
    ctx.catalogue.editions.get(edition)?.requirements.some(({ id }) => id === requirement)
  const problems = ({ before, after }: Wanted<Evidence>): FieldProblem[] => [
    ...timeProblems(after, ctx.today),
    ...(before || (run.rehearsal && run.missing.size > 0) ? [] : contentProblems(after)),
    ...repeated('assetIds', after.assetIds),
    ...after.requirements.flatMap((one, index) =>
      isKnown(one) ? [] : [fieldProblem(`/requirements/${index}`, 'record.reference_unknown')],
    ),
  ]
  const needs = ({ before, after }: Wanted<Evidence>) => {
    const scope = { entities: [after.entityId] }
    const actions = [before ? 'link' : 'add', ...(after.review && !before?.review ? ['review'] : [])]
    return actions.map((action) => ({ permission: `evidence.${action}`, scope }))
  }
  const saved = await bringAll(
    run,
    { type: evidence, created: 'evidence.added', updated: 'evidence.linked', needs, problems },
    wanted,
  )
  const named = new Set(wanted.map(({ after }) => after.id))
  noteLeft(
    run,
    'evidence',
    here.filter((one) => one.withdrawn === null && !named.has(one.id)).map((one) => one.title),
    [],
  )
  return saved
}
