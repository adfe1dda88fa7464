import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { containing } from '../../db/keyset.ts'
import { pageOfRows } from '../../db/list.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { entitiesBelow } from '../../organisation/server/queries.ts'
import { namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { type Control, control } from '../control.ts'
import { type Implementation, implementation } from '../implementation.ts'

export async function findControl(ctx: Context, id: Id): Promise<Control> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, control, 'c'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('control')
  return found
}

/** Some controls by id, retired ones too. */
export async function controlsById(ctx: Context, ids: readonly Id[]): Promise<ReadonlyMap<Id, Control>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, control, 'c'))
    .selectAll()
    .where(sql<boolean>`id = any(${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map(rows.map((one) => [one.id, one]))
}

/** Every control, in the order of their codes; an organisation has hundreds. */
export const allControls = (ctx: Context): Promise<Control[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, control, 'c'))
    .selectAll()
    .orderBy('code')
    .execute()

/** All implementations of some controls, those that ended too. */
export const implementationsOf = (ctx: Context, controlIds: readonly Id[]): Promise<Implementation[]> =>
  controlIds.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, implementation, 'i'))
        .selectAll()
        .where('controlId', 'in', [...controlIds])
        .orderBy('id')
        .execute()

const sorts: Readonly<Record<string, RawBuilder<string>>> = {
  code: sql<string>`code`,
  name: sql<string>`coalesce(name ->> 'en', name ->> 'ja', '')`,
  nameJa: sql<string>`coalesce(name ->> 'ja', name ->> 'en', '')`,
}

/** What the register can be narrowed to; an export takes the same. */
export const controlFilter = {
  text: z.string().max(200).optional(),
  /** The domain of the common library, such as `ACC`, or `own` for those of the organisation alone. */
  domain: z.string().max(10).optional(),
  unreviewed: z.enum(['yes', 'no']).optional(),
  owner: idSchema.optional(),
  /** Carried out at an entity, below it, or above it for it too. */
  entity: idSchema.optional(),
  retired: z.enum(['yes', 'no']).default('no'),
}

type ControlFilter = z.output<z.ZodObject<typeof controlFilter>>

const listInput = z.strictObject({
  ...pageInput,
  ...controlFilter,
  sort: z.enum(['code', 'name']).default('code'),
  order: z.enum(['asc', 'desc']).default('asc'),
})

export const controlAnswerSchema = control.schema.extend({
  /** How many implementations run on the day asked about, of those that the actor may see. */
  implementations: z.int(),
  owner: namedSchema.nullable(),
  reviewer: namedSchema.nullable(),
  abilities: z.array(z.string()),
})
export type ControlAnswer = z.output<typeof controlAnswerSchema>

const changes = ['update', 'review', 'retire', 'take_library'] as const

export function abilitiesOf(ctx: Context, one: Control): string[] {
  if (one.retiredOn !== null) return []
  return changes.filter(
    (action) =>
      ctx.can(`control.${action}`, 'organisation') &&
      (action !== 'review' || (one.review === null && ctx.actor.kind === 'person')),
  )
}

/** The condition under which the actor's grants reach an implementation's row; its columns are unqualified. */
export async function visibleImplementations(ctx: Context): Promise<RawBuilder<boolean>> {
  const reached = await reachedEntities(ctx)
  return reached === null ? sql<boolean>`true` : sql<boolean>`entity_id = any(${reached}::uuid[])`
}

async function countsOf(ctx: Context, ids: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, implementation, 'i'))
    .select(['controlId', sql<number>`count(*)::int`.as('count')])
    .where('controlId', 'in', [...ids])
    .where(sql<boolean>`(ended_on is null or ended_on >= ${ctx.asOf}::date)`)
    .where(await visibleImplementations(ctx))
    .groupBy('controlId')
    .execute()
  return new Map(rows.map((row) => [row.controlId, row.count]))
}

/** External auditors see the controls that are carried out within their engagements. */
export async function visibleControls(ctx: Context): Promise<RawBuilder<boolean>> {
  if (ctx.visible === null || ctx.visible.certificates.length === 0) return sql<boolean>`true`
  const source = rowsOf(ctx, implementation, 'i')
  return sql<boolean>`id in (select control_id from ${source} where ${await visibleImplementations(ctx)})`
}

/** The controls that answer for an entity on the day asked about: its own, those of all below it, and what it inherits. */
async function answeringFor(ctx: Context, top: Id): Promise<RawBuilder<boolean>> {
  const below = [...(await entitiesBelow(ctx, top))]
  const source = rowsOf(ctx, implementation, 'i')
  return sql<boolean>`id in (select control_id from ${source}
    where (ended_on is null or ended_on >= ${ctx.asOf}::date)
      and (entity_id = any(${below}::uuid[]) or (inheritable and entity_id = any(${ctx.ancestors(top)}::uuid[]))))`
}

/** The condition under which a control is in the register as it is shown. */
export async function controlRows(ctx: Context, input: ControlFilter): Promise<RawBuilder<boolean>> {
  const parts = [await visibleControls(ctx)]
  if (input.text) {
    const like = containing(input.text)
    parts.push(
      sql<boolean>`(code ilike ${like} or name ->> 'en' ilike ${like} or name ->> 'ja' ilike ${like}
        or objective ->> 'en' ilike ${like} or objective ->> 'ja' ilike ${like})`,
    )
  }
  if (input.domain === 'own') parts.push(sql<boolean>`library_id is null`)
  else if (input.domain) parts.push(sql<boolean>`starts_with(library_id, ${`${input.domain}-`})`)
  if (input.unreviewed) parts.push(sql<boolean>`(review is null) = ${input.unreviewed === 'yes'}`)
  if (input.owner) parts.push(sql<boolean>`owner_id = ${input.owner}::uuid`)
  if (input.entity) parts.push(await answeringFor(ctx, input.entity))
  parts.push(
    input.retired === 'yes'
      ? sql<boolean>`retired_on <= ${ctx.asOf}::date`
      : sql<boolean>`(retired_on is null or retired_on > ${ctx.asOf}::date)`,
  )
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** A page of the register of controls: four queries. */
export const listControls: Query<Context, z.output<typeof listInput>, Page<ControlAnswer>> = {
  kind: 'query',
  noun: 'control',
  action: 'read',
  input: listInput,
  output: pageOf(controlAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, input) {
    const key = input.sort === 'name' && ctx.language === 'ja' ? 'nameJa' : input.sort
    const order = { name: key, by: sorts[key] ?? sql<string>`code`, down: input.order === 'desc' }
    const page = await pageOfRows(ctx, control, await controlRows(ctx, input), order, input)
    const counts = await countsOf(
      ctx,
      page.items.map((one) => one.id),
    )
    const named = await peopleNamed(
      ctx,
      page.items.flatMap((one) => [one.ownerId, one.review?.personId]),
    )
    return {
      ...page,
      items: page.items.map((one) => ({
        ...one,
        implementations: counts.get(one.id) ?? 0,
        owner: named(one.ownerId),
        reviewer: named(one.review?.personId ?? null),
        abilities: abilitiesOf(ctx, one),
      })),
    }
  },
}

const adoptedSchema = z.strictObject({ libraryIds: z.array(z.string()) })

/** Which controls of the common library are here, so that nobody is offered them twice: one query. */
export const listAdopted: Query<Context, Record<string, never>, z.output<typeof adoptedSchema>> = {
  kind: 'query',
  noun: 'control',
  action: 'read',
  input: z.strictObject({}),
  output: adoptedSchema,
  scope: () => 'organisation',
  run: async (ctx) => ({
    libraryIds: (await allControls(ctx)).flatMap((one) =>
      one.libraryId !== null && one.retiredOn === null ? [one.libraryId] : [],
    ),
  }),
}
