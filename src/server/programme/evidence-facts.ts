import { implementation } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { derivedValidity } from '../../evidence/rules.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import type { Item } from './evidence-parts.ts'
import { everyRecord, idOf, idOrNull, locatedAt, type Run } from './run.ts'

type Path = readonly PropertyKey[]

export const refuse = (run: Run, path: Path, code: string, params: Record<string, string>) =>
  locatedAt(run, path, () => Promise.reject<never>(new Problem('invalid', code, params)))

/** What a file knows an item by: its place, its title and its days. */
export const nameOf = (
  one: Pick<Evidence, 'entityId' | 'title' | 'aboutFrom' | 'aboutTo' | 'collectedOn'>,
): string => [one.entityId, one.aboutFrom, one.aboutTo, one.collectedOn, one.title].join(' ')

type Use = { implementationIds: Id[]; occurrenceIds: Id[]; implementations: { evidenceDays: number }[] }

const placeOf = (controlId: Id, entityId: Id, serviceId: Id | null) =>
  `${controlId} ${entityId} ${serviceId ?? ''}`

export type Known = {
  byPlace: ReadonlyMap<string, { id: Id; evidenceDays: number }>
  byId: ReadonlyMap<Id, { entityId: Id }>
  /** Ids of occurrences by implementation and first day. */
  periods: ReadonlyMap<string, Id>
}

export async function knownOf(run: Run): Promise<Known> {
  const running = await everyRecord(run.ctx, implementation)
  const inOrder = running.toSorted((a, b) => ((a.endedOn ?? '9999') < (b.endedOn ?? '9999') ? -1 : 1))
  const planned = (await everyRecord(run.ctx, occurrence)).filter((one) => one.cancelled === null)
  return {
    byId: new Map(running.map((one) => [one.id, one])),
    byPlace: new Map(
      inOrder.flatMap((one) => {
        const place = placeOf(one.controlId, one.entityId, one.serviceId)
        return [[`${place} ${one.endedOn}`, one] as const, [place, one] as const]
      }),
    ),
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
    const of = known.byPlace.get(one.ended === null ? place : `${place} ${one.ended}`)
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

export async function factsOf(run: Run, item: Item, known: Known) {
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
    location: part.location,
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

export type Facts = Awaited<ReturnType<typeof factsOf>>
