import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { containing } from '../../db/keyset.ts'
import { rowsOf } from '../../db/source.ts'
import { daySchema } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { allEntities } from '../../organisation/server/queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { evidence, sources } from '../evidence.ts'
import { type EvidenceState, evidenceStates } from '../state.ts'

export const evidenceFilter = {
  text: z.string().max(200).optional(),
  /** An entity, with all below it. */
  entity: idSchema.optional(),
  implementation: idSchema.optional(),
  occurrence: idSchema.optional(),
  asset: idSchema.optional(),
  /** Both or neither: the ids of requirements are those of their edition. */
  edition: z.string().max(80).optional(),
  requirement: z.string().max(40).optional(),
  state: z.enum(evidenceStates).optional(),
  source: z.enum(sources).optional(),
  /** Structured data of a kind, or of `any`. */
  data: z.string().max(80).optional(),
  /** Awaits a verdict that the actor may give: not on what passed through their own hands. */
  mine: z.literal('yes').optional(),
  /** About any day from … to …. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  held: z.enum(['yes', 'no']).optional(),
  /** Whether a newer item stands in its place. */
  replaced: z.enum(['yes', 'no']).optional(),
  /** Retention is over, and nothing keeps the files. */
  disposable: z.literal('yes').optional(),
}

const filterSchema = z.strictObject(evidenceFilter)
export type EvidenceFilter = z.output<typeof filterSchema>

/** What `stateOn` says, for the rows of a list. */
export const stateExpression = (ctx: Context): RawBuilder<string> => sql<string>`(case
  when (disposed ->> 'on')::date <= ${ctx.asOf}::date then 'disposed'
  when (withdrawn ->> 'on')::date <= ${ctx.asOf}::date then 'withdrawn'
  when greatest(collected_on, about_from) > ${ctx.asOf}::date then 'not-yet'
  when review is null or (review ->> 'on')::date > ${ctx.asOf}::date then 'awaiting'
  when review ->> 'verdict' = 'rejected' then 'rejected'
  when valid_until >= ${ctx.asOf}::date then 'valid'
  when valid_until + tolerance_days >= ${ctx.asOf}::date then 'tolerance'
  else 'expired' end)`

/** The evidence that the actor's grants reach; its columns are unqualified. */
export async function visibleEvidence(ctx: Context): Promise<RawBuilder<boolean>> {
  const reached = await reachedEntities(ctx)
  return reached === null ? sql<boolean>`true` : sql<boolean>`entity_id = any(${reached}::uuid[])`
}

async function below(ctx: Context, top: Id): Promise<Id[]> {
  return (await allEntities(ctx)).map(({ id }) => id).filter((id) => ctx.ancestors(id).includes(top))
}

/** A list of ids in a row that has this one, found by the index over the list. */
export const naming = (column: string, id: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} @> ${JSON.stringify([id])}::jsonb`

export const namingRequirement = (edition: string, requirement: string): RawBuilder<boolean> =>
  sql<boolean>`requirements @> ${JSON.stringify([{ edition, requirement }])}::jsonb`

const replaced = (ctx: Context): RawBuilder<boolean> =>
  sql<boolean>`id in (select replaces from ${rowsOf(ctx, evidence, 'later')} where replaces is not null and withdrawn is null)`

function linkConditions(input: EvidenceFilter): RawBuilder<boolean>[] {
  const { implementation, occurrence, asset, edition, requirement } = input
  return [
    ...(implementation ? [naming('implementation_ids', implementation)] : []),
    ...(occurrence ? [naming('occurrence_ids', occurrence)] : []),
    ...(asset ? [naming('asset_ids', asset)] : []),
    ...(edition && requirement ? [namingRequirement(edition, requirement)] : []),
    ...(edition && !requirement
      ? [sql<boolean>`requirements @> ${JSON.stringify([{ edition }])}::jsonb`]
      : []),
  ]
}

function timeConditions(ctx: Context, input: EvidenceFilter): RawBuilder<boolean>[] {
  return [
    ...(input.from ? [sql<boolean>`about_to >= ${input.from}::date`] : []),
    ...(input.to ? [sql<boolean>`about_from <= ${input.to}::date`] : []),
    ...(input.disposable
      ? [sql<boolean>`retain_until < ${ctx.asOf}::date and hold is null and disposed is null`]
      : []),
  ]
}

/** Days of tolerance that an item may have at most. */
const mostTolerance = evidence.schema.shape.toleranceDays.maxValue

/** What follows from a state, in words that an index understands; `stateExpression` says the rest. */
function followsFrom(state: EvidenceState, ctx: Context): RawBuilder<boolean> {
  const day = sql`${ctx.asOf}::date`
  switch (state) {
    case 'disposed':
      return sql<boolean>`disposed is not null`
    case 'withdrawn':
      return sql<boolean>`withdrawn is not null`
    case 'not-yet':
      return sql<boolean>`greatest(collected_on, about_from) > ${day}`
    case 'awaiting':
      // What waits today is a small part of everything; of a past day, much has been judged since.
      return ctx.asOf === ctx.today && ctx.knownAt === null
        ? sql<boolean>`review is null and withdrawn is null and disposed is null`
        : sql<boolean>`true`
    case 'rejected':
      return sql<boolean>`review ->> 'verdict' = 'rejected'`
    case 'valid':
      return sql<boolean>`valid_until >= ${day}`
    case 'tolerance':
      return sql<boolean>`valid_until < ${day} and valid_until >= ${day} - ${mostTolerance}::int`
    case 'expired':
      return sql<boolean>`valid_until < ${day}`
  }
}

const stateConditions = (ctx: Context, { state }: EvidenceFilter): RawBuilder<boolean>[] =>
  state ? [followsFrom(state, ctx), sql<boolean>`${stateExpression(ctx)} = ${state}`] : []

/** What the actor could accept now; nobody who is no person could. */
async function mineConditions(ctx: Context, { mine }: EvidenceFilter): Promise<RawBuilder<boolean>[]> {
  if (!mine) return []
  const { kind, id } = ctx.actor
  if (kind !== 'person' || id === null) return [sql<boolean>`false`]
  const entities = (await allEntities(ctx))
    .map((one) => one.id)
    .filter((one) => ctx.can('evidence.review', { entities: [one] }))
  return [
    ...stateConditions(ctx, { state: 'awaiting' }),
    sql<boolean>`collector_id is distinct from ${id}::uuid and added_by_id is distinct from ${id}::uuid`,
    sql<boolean>`entity_id = any(${entities}::uuid[])`,
  ]
}

const dataConditions = ({ data }: EvidenceFilter): RawBuilder<boolean>[] =>
  data === undefined
    ? []
    : [sql<boolean>`data is not null`, ...(data === 'any' ? [] : [sql<boolean>`data ->> 'kind' = ${data}`])]

/** Candidates that are worth telling: with more than these, a walk in the order of the page soon finds enough. */
const mostCandidates = 5_000

const listOf = (named: unknown) => (named === undefined ? null : JSON.stringify([named]))

/**
 * The items that may be of a list that asks for what is linked or contains a text, by the indexes of `evidence_candidates`.
 * Null also where a reader asked what was known at an instant: those rows are in no index.
 */
export async function evidenceCandidates(ctx: Context, input: EvidenceFilter): Promise<Id[] | null> {
  const { implementation, occurrence, asset, edition, requirement, text } = input
  const named = edition ? { edition, ...(requirement ? { requirement } : {}) } : undefined
  if (ctx.knownAt !== null || !(implementation ?? occurrence ?? asset ?? named ?? text)) return null
  const { rows } = await sql<{ ids: Id[] | null }>`
    select evidence_candidates(${listOf(implementation)}::jsonb, ${listOf(occurrence)}::jsonb, ${listOf(asset)}::jsonb,
      ${listOf(named)}::jsonb, ${text ?? null}, ${mostCandidates}::int) as ids`.execute(ctx.tx)
  return rows[0]?.ids ?? null
}

/** Something that an item may be linked to. */
export type Linked = { implementation?: Id; occurrence?: Id; edition?: string; requirement?: string }

/** The items that may be linked to any of these, as above: null where one of them has too many. */
export async function candidatesOfAny(ctx: Context, wanted: readonly Linked[]): Promise<Id[] | null> {
  if (ctx.knownAt !== null) return null
  const sought = wanted.map(({ implementation, occurrence, edition, requirement }) => ({
    implementations: implementation ? [implementation] : null,
    occurrences: occurrence ? [occurrence] : null,
    named: edition ? [{ edition, requirement }] : null,
  }))
  const { rows } = await sql<{ ids: Id[] | null }>`
    select evidence_candidates(implementations, occurrences, null, named, null, ${mostCandidates}::int) as ids
    from jsonb_to_recordset(${JSON.stringify(sought)}::jsonb) as x(implementations jsonb, occurrences jsonb, named jsonb)`.execute(
    ctx.tx,
  )
  const found = rows.flatMap(({ ids }) => ids ?? [])
  return rows.some(({ ids }) => ids === null) ? null : [...new Set(found)]
}

/** The rows of a list: what the actor may see and the filter lets through. */
export async function evidenceRows(ctx: Context, input: EvidenceFilter): Promise<RawBuilder<boolean>> {
  const like = input.text === undefined ? null : containing(input.text)
  const parts = [
    await visibleEvidence(ctx),
    ...(like
      ? [
          sql<boolean>`(title ilike ${like} or description ilike ${like} or collector ilike ${like}
            or (files <> '[]' and exists (select from jsonb_array_elements(files) as file where file ->> 'name' ilike ${like})))`,
        ]
      : []),
    ...(input.entity ? [sql<boolean>`entity_id = any(${await below(ctx, input.entity)}::uuid[])`] : []),
    ...(input.source ? [sql<boolean>`source = ${input.source}`] : []),
    ...(input.held
      ? [input.held === 'yes' ? sql<boolean>`hold is not null` : sql<boolean>`hold is null`]
      : []),
    ...(input.replaced
      ? [input.replaced === 'yes' ? replaced(ctx) : sql<boolean>`not (${replaced(ctx)})`]
      : []),
    ...linkConditions(input),
    ...timeConditions(ctx, input),
    ...stateConditions(ctx, input),
    ...(await mineConditions(ctx, input)),
    ...dataConditions(input),
  ]
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}
