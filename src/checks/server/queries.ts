import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { implementation } from '../../controls/implementation.ts'
import { visibleImplementations } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { containing } from '../../db/keyset.ts'
import { pageOfRows } from '../../db/list.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { idsOfLeavers, type Keeper, keeperSchema, keepersNamed } from '../../people/server/name-queries.ts'
import { type Check, check, severities } from '../check.ts'
import { isActive } from '../schedule.ts'
import { countsOf, countsSchema, noCounts } from './standing.ts'

export async function findCheck(ctx: Context, id: Id): Promise<Check> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, check, 'c'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('check')
  return found
}

/** The checks that read a kind of data, in the order of their keys. */
export const checksOfKind = (ctx: Context, kind: string): Promise<Check[]> =>
  ctx.tx
    .selectFrom(rowsOf(ctx, check, 'c'))
    .selectAll()
    .where('dataKind', '=', kind)
    .orderBy('key')
    .execute()

const sorts: Readonly<Record<string, RawBuilder<string>>> = {
  key: sql<string>`key`,
  severity: sql<string>`(array_position(array['critical', 'high', 'medium', 'low'], severity))::text`,
}

const listInput = z.strictObject({
  ...pageInput,
  text: z.string().max(200).optional(),
  control: idSchema.optional(),
  kind: z.string().max(80).optional(),
  /** Whoever answers for it by name; `none` has nobody named. */
  owner: z.union([idSchema, z.literal('none')]).optional(),
  handover: z.enum(['yes', 'no']).optional(),
  severity: z.enum(severities).optional(),
  ended: z.enum(['yes', 'no']).default('no'),
  sort: z.enum(['key', 'severity']).default('key'),
  order: z.enum(['asc', 'desc']).default('asc'),
})

export const checkAnswerSchema = check.schema.extend({
  active: z.boolean(),
  /** Assets by what the newest result says of them on the day asked about, of those that the actor may see. */
  counts: countsSchema,
  owner: keeperSchema.nullable(),
  /** Its owner left: somebody must take it over. */
  needsHandover: z.boolean(),
  abilities: z.array(z.string()),
})
export type CheckAnswer = z.output<typeof checkAnswerSchema>

const changes = ['update', 'end', 'run'] as const

type Beside = { counts: CheckAnswer['counts'] | undefined; owner: Keeper | null }

const answerOf = (ctx: Context, one: Check, { counts = noCounts, owner }: Beside): CheckAnswer => ({
  ...one,
  active: isActive(one, ctx.asOf),
  counts,
  owner,
  needsHandover: owner?.left === true && isActive(one, ctx.asOf),
  abilities:
    one.activeTo !== null && one.activeTo <= ctx.today
      ? []
      : changes.filter((action) => ctx.can(`check.${action}`, 'organisation')),
})

/** External auditors see the checks of controls that are carried out within their engagements. */
export async function visibleChecks(ctx: Context): Promise<RawBuilder<boolean>> {
  if (ctx.visible === null || ctx.visible.certificates.length === 0) return sql<boolean>`true`
  const source = rowsOf(ctx, implementation, 'i')
  return sql<boolean>`control_id in (select control_id from ${source} where ${await visibleImplementations(ctx)})`
}

async function checkRows(ctx: Context, input: z.output<typeof listInput>): Promise<RawBuilder<boolean>> {
  const parts = [await visibleChecks(ctx)]
  if (input.text) {
    const like = containing(input.text)
    parts.push(
      sql<boolean>`(key ilike ${like} or name ->> 'en' ilike ${like} or name ->> 'ja' ilike ${like} or expression ilike ${like})`,
    )
  }
  if (input.control) parts.push(sql<boolean>`control_id = ${input.control}::uuid`)
  if (input.kind) parts.push(sql<boolean>`data_kind = ${input.kind}`)
  if (input.owner === 'none') parts.push(sql<boolean>`owner_id is null`)
  else if (input.owner) parts.push(sql<boolean>`owner_id = ${input.owner}::uuid`)
  if (input.handover) {
    const gone = idsOfLeavers(ctx, ctx.asOf)
    parts.push(sql<boolean>`coalesce(owner_id in ${gone}, false) = ${input.handover === 'yes'}`)
  }
  if (input.severity) parts.push(sql<boolean>`severity = ${input.severity}`)
  const over = sql<boolean>`(active_to is not null and active_to < ${ctx.asOf}::date)`
  parts.push(input.ended === 'yes' ? over : sql<boolean>`not ${over}`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** A page of the register of checks with where each stands: six queries. */
export const listChecks: Query<Context, z.output<typeof listInput>, Page<CheckAnswer>> = {
  kind: 'query',
  noun: 'check',
  action: 'read',
  input: listInput,
  output: pageOf(checkAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, input) {
    const by = sorts[input.sort] ?? sql<string>`key`
    const order = { name: input.sort, by, down: input.order === 'desc' }
    const page = await pageOfRows(ctx, check, await checkRows(ctx, input), order, input)
    const counts = await countsOf(ctx, page.items)
    const owners = await keepersNamed(
      ctx,
      page.items.map((one) => one.ownerId),
    )
    const items = page.items.map((one) =>
      answerOf(ctx, one, { counts: counts.get(one.id), owner: owners(one.ownerId) }),
    )
    return { ...page, items }
  },
}

async function visibleCheck(ctx: Context, id: Id): Promise<Check> {
  const one = await ctx.tx
    .selectFrom(rowsOf(ctx, check, 'c'))
    .selectAll()
    .where('id', '=', id)
    .where(await visibleChecks(ctx))
    .executeTakeFirst()
  if (!one) throw notFound('check')
  return one
}

export const getCheck: Query<Context, { id: Id }, CheckAnswer> = {
  kind: 'query',
  noun: 'check',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: checkAnswerSchema,
  scope: () => 'filtered',
  async run(ctx, { id }) {
    const one = await visibleCheck(ctx, id)
    const counts = (await countsOf(ctx, [one])).get(id)
    const owner = (await keepersNamed(ctx, [one.ownerId]))(one.ownerId)
    return answerOf(ctx, one, { counts, owner })
  },
}
