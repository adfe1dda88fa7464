import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { containing } from '../../db/keyset.ts'
import { idSchema } from '../../kernel/id.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { issueOrigins, issueTopics } from '../issue.ts'
import { obligationKinds } from '../obligation.ts'
import { partyKinds } from '../party.ts'

/** What every register of the context can be narrowed to; an export takes the same. */
export const keptFilter = {
  text: z.string().max(200).optional(),
  entity: idSchema.optional(),
  owner: z.union([idSchema, z.literal('none')]).optional(),
  state: z.enum(['standing', 'planned', 'ended', 'all']).default('standing'),
  review: z.enum(['overdue', 'never']).optional(),
}

const keptFilterSchema = z.strictObject(keptFilter)
type KeptFilter = z.output<typeof keptFilterSchema>

export const partyFilter = {
  ...keptFilter,
  kind: z.enum(partyKinds).optional(),
  /** Parties of whose needs some are not addressed. */
  open: z.enum(['yes', 'no']).optional(),
}
export const issueFilter = {
  ...keptFilter,
  origin: z.enum(issueOrigins).optional(),
  topic: z.enum(issueTopics).optional(),
  relevant: z.enum(['yes', 'no']).optional(),
}
export const obligationFilter = {
  ...keptFilter,
  kind: z.enum(obligationKinds).optional(),
  party: idSchema.optional(),
  /** Key of an edition that it brings requirements of. */
  edition: z.string().max(80).optional(),
}

/** Rows that the actor may see: those of their entities and those that matter to all. */
export async function visibleRows(ctx: Context): Promise<RawBuilder<boolean>> {
  const reached = await reachedEntities(ctx)
  return reached === null
    ? sql<boolean>`true`
    : sql<boolean>`(entity_ids = '[]' or entity_ids ?| ${[...reached]}::text[])`
}

const lastReview = (ctx: Context) =>
  sql`(select max(review ->> 'on') from jsonb_array_elements(reviews) as review where review ->> 'on' <= ${ctx.asOf})`

function inState(ctx: Context, state: KeptFilter['state']): RawBuilder<boolean> {
  const day = sql`${ctx.asOf}::date`
  if (state === 'planned') return sql<boolean>`"from" > ${day}`
  if (state === 'ended') return sql<boolean>`"to" < ${day}`
  return state === 'all'
    ? sql<boolean>`true`
    : sql<boolean>`(("from" is null or "from" <= ${day}) and ("to" is null or "to" >= ${day}))`
}

/** The condition under which an entry is in its register as it is shown; `columns` are the texts that are searched. */
export async function keptRows(
  ctx: Context,
  input: KeptFilter,
  columns: readonly string[],
  own: readonly (RawBuilder<boolean> | false)[],
): Promise<RawBuilder<boolean>> {
  const parts = [await visibleRows(ctx), inState(ctx, input.state)]
  if (input.text) {
    const like = containing(input.text)
    const found = ['name', ...columns].map((column) => sql`${sql.ref(column)}::text ilike ${like}`)
    parts.push(sql<boolean>`(key ilike ${like} or ${sql.join(found, sql` or `)})`)
  }
  if (input.entity) parts.push(sql<boolean>`(entity_ids = '[]' or entity_ids ?| ${[input.entity]}::text[])`)
  if (input.owner)
    parts.push(
      input.owner === 'none' ? sql<boolean>`owner_id is null` : sql<boolean>`owner_id = ${input.owner}::uuid`,
    )
  if (input.review === 'never') parts.push(sql<boolean>`${lastReview(ctx)} is null`)
  if (input.review === 'overdue')
    parts.push(
      sql<boolean>`(coalesce(${lastReview(ctx)}::date, "from") + make_interval(months => review_months))::date
        < ${ctx.asOf}::date`,
    )
  parts.push(...own.filter((part) => part !== false))
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

export const partyRows = (ctx: Context, input: z.output<z.ZodObject<typeof partyFilter>>) =>
  keptRows(
    ctx,
    input,
    ['needs'],
    [
      input.kind !== undefined && sql<boolean>`kind = ${input.kind}`,
      input.open !== undefined && sql<boolean>`(needs @> '[{"addressed": false}]') = ${input.open === 'yes'}`,
    ],
  )

export const issueRows = (ctx: Context, input: z.output<z.ZodObject<typeof issueFilter>>) =>
  keptRows(
    ctx,
    input,
    ['effect'],
    [
      input.origin !== undefined && sql<boolean>`origin = ${input.origin}`,
      input.topic !== undefined && sql<boolean>`topic = ${input.topic}`,
      input.relevant !== undefined && sql<boolean>`relevant = ${input.relevant === 'yes'}`,
    ],
  )

export const obligationRows = (ctx: Context, input: z.output<z.ZodObject<typeof obligationFilter>>) =>
  keptRows(
    ctx,
    input,
    ['source', 'demands'],
    [
      input.kind !== undefined && sql<boolean>`kind = ${input.kind}`,
      input.party !== undefined && sql<boolean>`party_id = ${input.party}::uuid`,
      input.edition !== undefined &&
        sql<boolean>`requirements @> ${JSON.stringify([{ edition: input.edition }])}::jsonb`,
    ],
  )
