import { sql } from 'kysely'
import { asset } from '../../assets/asset.ts'
import { assetsById } from '../../assets/server/queries.ts'
import type { Implementation } from '../../controls/implementation.ts'
import { carriedAt } from '../../controls/inheritance.ts'
import { implementationsById } from '../../controls/server/implementation-queries.ts'
import { occurrencesById } from '../../controls/server/occurrence-queries.ts'
import { occurrencesOf } from '../../controls/server/period-queries.ts'
import { allControls, implementationsOf } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { isDay } from '../../kernel/day.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
import type { Evidence } from '../evidence.ts'
import type { EvidenceNames, PlaceName } from '../exchange.ts'
import type { EvidenceLookups } from '../exchange-links.ts'
import { storedFiles } from './exchange-files.ts'

type Linking = Pick<Evidence, 'implementationIds' | 'occurrenceIds' | 'assetIds'>

type Base = {
  people: ReadonlyMap<Id, string>
  entities: ReadonlyMap<Id, string>
  parents: ReadonlyMap<Id, Id | null>
  services: ReadonlyMap<Id, string>
  controls: ReadonlyMap<Id, string>
}

/** What is named by every row, in four queries. */
export async function exchangeBase(ctx: Context): Promise<Base> {
  const entities = await allEntities(ctx)
  const people = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select(['id', 'email'])
    .execute()
  return {
    people: new Map(people.map((one) => [one.id, one.email])),
    entities: new Map(entities.map((one) => [one.id, one.key])),
    parents: new Map(entities.map((one) => [one.id, one.parentId])),
    services: new Map((await allServices(ctx)).map((one) => [one.id, one.key])),
    controls: new Map((await allControls(ctx)).map((one) => [one.id, one.code])),
  }
}

function placeOf(base: Base, one: Implementation): PlaceName {
  const service = one.serviceId === null ? null : (base.services.get(one.serviceId) ?? one.serviceId)
  return {
    control: base.controls.get(one.controlId) ?? one.controlId,
    entity: base.entities.get(one.entityId) ?? one.entityId,
    service,
  }
}

/** What some items name, in three queries more, however many they are. */
export async function namesOf(ctx: Context, base: Base, items: readonly Linking[]): Promise<EvidenceNames> {
  const occurrences = await occurrencesById(
    ctx,
    items.flatMap((one) => one.occurrenceIds),
  )
  const implementations = await implementationsById(ctx, [
    ...items.flatMap((one) => one.implementationIds),
    ...occurrences.map((one) => one.implementationId),
  ])
  const assets = await assetsById(ctx, [...new Set(items.flatMap((one) => one.assetIds))])
  return {
    people: base.people,
    entities: base.entities,
    assets: new Map(assets.map((one) => [one.id, one.key])),
    places: new Map(implementations.map((one) => [one.id, placeOf(base, one)])),
    occurrences: new Map(occurrences.map((one) => [one.id, one])),
  }
}

const turned = (names: ReadonlyMap<Id, string>): Map<string, Id> =>
  new Map([...names].map(([id, name]) => [name.toLowerCase(), id]))

/** The words of a column in all rows, by which what they name is looked up at once. */
const tokens = (rows: readonly Readonly<Record<string, string>>[], columns: readonly string[]): string[] => [
  ...new Set(
    rows.flatMap((cells) =>
      columns.flatMap((column) => (cells[column] ?? '').toLowerCase().split(/[;\n,、\s@]+/)),
    ),
  ),
]

async function assetKeys(ctx: Context, keys: readonly string[]): Promise<ReadonlyMap<string, Id>> {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, asset, 'a'))
    .select(['id', 'key'])
    .where(sql<boolean>`key = any(${[...keys]}::text[])`)
    .execute()
  return new Map(rows.map((one) => [one.key.toLowerCase(), one.id]))
}

type Cells = Readonly<Record<string, string>>

/** What is carried out under the controls that rows name, and the tasks of it where rows name tasks. */
async function carriedOut(ctx: Context, base: Base, cells: readonly Cells[], items: readonly Linking[]) {
  const codes = turned(base.controls)
  const idsOf = (columns: readonly string[]) =>
    tokens(cells, columns).flatMap((word) => codes.get(word) ?? [])
  const named = await implementationsOf(ctx, idsOf(['controls', 'tasks']))
  const withTasks = new Set(idsOf(['tasks']))
  const tasks = await occurrencesOf(
    ctx,
    named.filter((one) => withTasks.has(one.controlId)).map((one) => one.id),
  )
  const before = await occurrencesById(
    ctx,
    items.flatMap((one) => one.occurrenceIds),
  )
  const rest = await implementationsById(ctx, [
    ...items.flatMap((one) => one.implementationIds),
    ...before.map((one) => one.implementationId),
  ])
  return {
    codes,
    byControl: Map.groupBy(named, (one) => one.controlId),
    byId: new Map([...named, ...rest].map((one) => [one.id, one])),
    tasksOf: Map.groupBy(tasks, (one) => one.implementationId),
    taskById: new Map([...tasks, ...before].map((one) => [one.id, one])),
  }
}

export type ExchangeLookups = EvidenceLookups & {
  /** Who answers for what a link leads to. */
  entityOf(implementationId: Id): Id | null
  assetEntity(id: Id): Id | null
  files: Awaited<ReturnType<typeof storedFiles>>
}

/** Everything by which the rows of a file are read: some fifteen queries, however many rows. */
export async function exchangeLookups(
  ctx: Context,
  cells: readonly Cells[],
  existing: readonly Evidence[],
): Promise<ExchangeLookups> {
  const base = await exchangeBase(ctx)
  const { codes, byControl, byId, tasksOf, taskById } = await carriedOut(ctx, base, cells, existing)
  const services = turned(base.services)
  const assets = await assetKeys(ctx, tokens(cells, ['assets']))
  const linkedAssets = await assetsById(ctx, [
    ...new Set([...assets.values(), ...existing.flatMap((one) => one.assetIds)]),
  ])
  const assetEntities = new Map(linkedAssets.map((one) => [one.id, one.entityId]))
  const files = await storedFiles(
    ctx,
    tokens(cells, ['files']).filter((word) => /^[0-9a-f]{64}$/.test(word)),
  )
  const carried = (control: string, entityId: Id, service: string | null, day: string) => {
    const controlId = codes.get(control)
    const serviceId = service === null ? null : services.get(service.toLowerCase())
    if (controlId === undefined || serviceId === undefined) return null
    const place = { entityId, serviceId }
    const all = byControl.get(controlId) ?? []
    const then = carriedAt(all, base.parents, place, isDay(day) ? day : ctx.today)
    if (then.kind !== 'none') return then.by
    // What was shown before a control had its first phase is for the control all the same.
    const now = carriedAt(all, base.parents, place, ctx.today)
    return now.kind === 'none' ? null : now.by
  }
  return {
    names: await namesOf(ctx, base, existing),
    entities: turned(base.entities),
    people: turned(base.people),
    assets,
    carried,
    occurrence: (id, day) =>
      (tasksOf.get(id) ?? []).find(
        (one) => one.cancelled === null && one.periodFrom <= day && day <= one.periodTo,
      )?.id ?? null,
    implementation: (id) => byId.get(id) ?? null,
    implementationOf: (id) => taskById.get(id)?.implementationId ?? null,
    isRequirement: (edition, requirement) =>
      ctx.catalogue.editions.get(edition)?.requirements.some(({ id }) => id === requirement) ?? false,
    file: (digest) => files.get(digest)?.facts ?? null,
    actorId: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    mint: () => newId(ctx.random),
    entityOf: (id) => byId.get(id)?.entityId ?? null,
    assetEntity: (id) => assetEntities.get(id) ?? null,
    files,
  }
}
