import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { type FieldProblem, fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { allServices } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
import { type Asset, asset, assetProblems, identifierForm } from '../asset.ts'
import { circleIn } from '../cycle.ts'
import { properties } from '../property.ts'
import type { ScaleFacts } from '../scale.ts'
import { assetsInMemory } from './current.ts'
import { assetsByIdentifier } from './queries.ts'
import { laidDownScale } from './scale-commands.ts'
import { scaleInForce } from './scale-queries.ts'

/** What assets are held against: other records that they name, and other assets that must not be taken for them. */
export type Around = {
  services: ReadonlySet<Id>
  people: ReadonlySet<Id>
  /** Ids by key, of the assets that will be there. */
  keys: ReadonlyMap<string, Id>
  /** By identifier form. */
  identifiers: ReadonlyMap<string, { id: Id; key: string }>
  known: ReadonlySet<Id>
  scale: ScaleFacts
}

const isValued = (one: Asset): boolean =>
  one.classification !== null ||
  properties.some((each) => one.value[each] !== null || one.override[each] !== null)

async function knownIds(ctx: Context, ids: readonly Id[]): Promise<Id[]> {
  if (ids.length === 0) return []
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, asset, 'a'))
    .select('id')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return rows.map((one) => one.id)
}

async function knownPeople(ctx: Context, ids: readonly Id[]): Promise<Id[]> {
  if (ids.length === 0) return []
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select('id')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return rows.map((one) => one.id)
}

/** Everything that some assets, as they are to be, have to fit in with: six queries, however many they are. */
export async function aroundOf(ctx: Context, wanted: readonly Asset[]): Promise<Around> {
  const own = new Set(wanted.map((one) => one.id))
  const stored = await ctx.tx
    .selectFrom(rowsOf(ctx, asset, 'a'))
    .select(['id', 'key'])
    .where(sql<boolean>`key = any(${wanted.map((one) => one.key)}::text[])`)
    .execute()
  const keys = new Map<string, Id>()
  for (const { id, key } of [...stored.filter((one) => !own.has(one.id)), ...wanted])
    if (!keys.has(key)) keys.set(key, id)
  const named = await assetsByIdentifier(
    ctx,
    wanted.flatMap((one) => one.identifiers),
  )
  const identifiers = new Map<string, { id: Id; key: string }>()
  for (const [form, one] of named) if (!own.has(one.id)) identifiers.set(form, one)
  for (const one of wanted)
    for (const form of one.identifiers.map(identifierForm))
      if (!identifiers.has(form)) identifiers.set(form, one)
  const others = new Set(wanted.flatMap((one) => one.dependsOn).filter((id) => !own.has(id)))
  const owners = new Set(wanted.flatMap((one) => one.ownerId ?? []))
  return {
    services: new Set((await allServices(ctx)).map((one) => one.id)),
    people: new Set(await knownPeople(ctx, [...owners])),
    keys,
    identifiers,
    known: new Set([...own, ...(await knownIds(ctx, [...others]))]),
    scale: wanted.some(isValued) ? await laidDownScale(ctx) : await scaleInForce(ctx),
  }
}

function scaleFaults(one: Asset, { levels, classifications }: ScaleFacts): FieldProblem[] {
  const has = (level: number | undefined) => levels.some((each) => each.number === level)
  return [
    ...(one.classification !== null && !classifications.some((each) => each.key === one.classification)
      ? [fieldProblem('/classification', 'asset.classification_unknown', { key: one.classification })]
      : []),
    ...properties.flatMap((property) => {
      const [level, over] = [one.value[property], one.override[property]]
      return [
        ...(level !== null && !has(level)
          ? [fieldProblem(`/value/${property}`, 'asset.level_unknown', { level })]
          : []),
        ...(over !== null && !has(over.level)
          ? [fieldProblem(`/override/${property}/level`, 'asset.level_unknown', { level: over.level })]
          : []),
      ]
    }),
  ]
}

/** What is wrong with an asset, by itself and among the others. */
export function problemsAround(one: Asset, around: Around): FieldProblem[] {
  return [
    ...assetProblems(one),
    ...scaleFaults(one, around.scale),
    ...(around.keys.get(one.key) === one.id
      ? []
      : [fieldProblem('/key', 'record.key_taken', { key: one.key })]),
    ...(one.ownerId === null || around.people.has(one.ownerId)
      ? []
      : [fieldProblem('/ownerId', 'record.reference_unknown')]),
    ...one.serviceIds.flatMap((id, index) =>
      around.services.has(id) ? [] : [fieldProblem(`/serviceIds/${index}`, 'asset.service_elsewhere')],
    ),
    ...one.dependsOn.flatMap((id, index) =>
      around.known.has(id) ? [] : [fieldProblem(`/dependsOn/${index}`, 'record.reference_unknown')],
    ),
    ...one.identifiers.flatMap((identifier, index) => {
      const other = around.identifiers.get(identifierForm(identifier))
      return other && other.id !== one.id
        ? [fieldProblem(`/identifiers/${index}`, 'asset.identifier_taken', { identifier, key: other.key })]
        : []
    }),
  ]
}

/** Of two who close a circle between them at once, one waits here and then finds it. */
const lockDependencies = (ctx: Context) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`assets/${ctx.organisationId}`}, 0))`.execute(ctx.tx)

/**
 * The circle that some assets, as they are to be, would close, among all others as this transaction leaves them; with
 * the keys of all that are in it.
 */
export async function circleProblems(
  ctx: Context,
  wanted: readonly Asset[],
): Promise<{ id: Id; problem: FieldProblem } | null> {
  if (wanted.every((one) => one.dependsOn.length === 0)) return null
  await lockDependencies(ctx)
  const { graph } = await assetsInMemory(ctx)
  const pending = ctx.entries.flatMap(({ noun, record }) => (noun === asset.noun ? [record as Asset] : []))
  const laid = new Map([...pending, ...wanted].map((one) => [one.id, one]))
  const circle = circleIn(graph, [...laid.values()])
  if (circle === null) return null
  const keyOf = (id: Id) => laid.get(id)?.key ?? graph.facts[graph.index.get(id) ?? -1]?.key ?? ''
  // Of all in the circle, one that is being changed is told: there the list can be put right.
  const own = new Set(wanted.map((one) => one.id))
  const id = circle.find((each) => own.has(each)) ?? wanted[0]?.id ?? ''
  const start = circle.indexOf(id)
  const round = [...circle.slice(start, -1), ...circle.slice(0, start), id]
  return {
    id,
    problem: fieldProblem('/dependsOn', 'asset.circle', { path: round.map(keyOf).join(' → ') }),
  }
}

/** Refuses an asset that is wrong by itself or among the others, each fault at its place. */
export async function refuseBroken(ctx: Context, one: Asset): Promise<void> {
  const around = await aroundOf(ctx, [one])
  refuseInvalid(problemsAround(one, around))
  const circle = await circleProblems(ctx, [one])
  if (circle) refuseInvalid([circle.problem])
}
