import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { containing } from '../../db/keyset.ts'
import { daySchema } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { descendantsOf } from '../../organisation/entity.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { certificate } from '../certificate.ts'
import { certificateStates } from '../cycle.ts'
import { inState } from './state-sql.ts'

/** What a list of certificates, and what is exported of it, can be narrowed by. */
export const registerFilter = {
  text: z.string().max(200).optional(),
  scheme: z.string().max(80).optional(),
  kind: certificate.schema.shape.kind.optional(),
  state: z.enum(certificateStates).optional(),
  /** Certificates held by this entity or by any below it; with `exactly`, by this one alone. */
  entity: idSchema.optional(),
  exactly: z.enum(['true', 'false']).optional(),
  expiresBefore: daySchema.optional(),
}

const filterSchema = z.strictObject(registerFilter)

export type RegisterFilter = z.output<typeof filterSchema>

/** Rows that the actor's grants reach: by a holder, or by an engagement. */
export function visibleRows(ctx: Context): RawBuilder<boolean> {
  if (ctx.visible === null) return sql<boolean>`true`
  const { entities, certificates } = ctx.visible
  return sql<boolean>`(id = any(${certificates}::uuid[]) or ${heldBy(entities)})`
}

const heldBy = (entities: readonly Id[]) => sql<boolean>`exists (
  select 1 from jsonb_array_elements(holders) as holder where (holder ->> 'entityId')::uuid = any(${entities}::uuid[]))`

const covering = (services: readonly Id[]) => sql<boolean>`exists (
  select 1 from jsonb_array_elements(services) as part where (part ->> 'serviceId')::uuid = any(${services}::uuid[]))`

/** The last day that the newest paper names; what has none comes last. */
export const lastExpiry = sql<string>`coalesce(jsonb_path_query_array(terms, '$[last].expiryDate') ->> 0, '9999-12-31')`

const inAny = (name: LocalText, wanted: string): boolean =>
  Object.values(name).some((one) => one?.toLowerCase().includes(wanted))

/**
 * Rows that say a text somewhere: in what is written in them (one derived column), or in the names, in any language,
 * of the scheme, the holders and the services. Names are few: they are found first, the rows by their ids.
 */
async function saying(ctx: Context, text: string): Promise<RawBuilder<boolean>> {
  const wanted = text.toLowerCase()
  const like = containing(text)
  const entities = (await allEntities(ctx)).filter((one) => inAny(one.name, wanted)).map((one) => one.id)
  const services = (await allServices(ctx)).filter((one) => inAny(one.name, wanted)).map((one) => one.id)
  const schemes = [...ctx.catalogue.schemes.values()]
    .filter((one) => inAny(one.name, wanted))
    .map((one) => one.key)
  const words =
    ctx.knownAt === null
      ? sql`id in (select id from certificate where organisation_id = ${ctx.organisationId}::uuid and words like lower(${like}))`
      : sql`certificate_words(key, number, scheme, scopes, terms) like lower(${like})`
  const parts = [
    words,
    ...(schemes.length > 0 ? [sql`scheme = any(${schemes}::text[])`] : []),
    ...(entities.length > 0 ? [heldBy(entities)] : []),
    ...(services.length > 0 ? [covering(services)] : []),
  ]
  return sql<boolean>`(${sql.join(parts, sql` or `)})`
}

/** Rows held by an entity, today or once; by those below it as well unless it is meant alone. */
async function heldWithin(ctx: Context, top: Id, exactly: boolean): Promise<RawBuilder<boolean>> {
  if (exactly) return sql<boolean>`holders @> ${JSON.stringify([{ entityId: top }])}::jsonb`
  const parents = new Map((await allEntities(ctx)).map((one) => [one.id, one.parentId]))
  return heldBy(descendantsOf(parents, top))
}

/** Rows that the actor may see and that pass the filter, on the day that the reader asks about. */
export async function registerRows(ctx: Context, input: RegisterFilter): Promise<RawBuilder<boolean>> {
  const parts: RawBuilder<boolean>[] = [visibleRows(ctx)]
  if (input.text) parts.push(await saying(ctx, input.text))
  if (input.scheme) parts.push(sql<boolean>`scheme = ${input.scheme}`)
  if (input.kind) parts.push(sql<boolean>`kind = ${input.kind}`)
  if (input.entity) parts.push(await heldWithin(ctx, input.entity, input.exactly === 'true'))
  if (input.expiresBefore) parts.push(sql<boolean>`${lastExpiry} < ${input.expiresBefore}`)
  if (input.state) parts.push(inState(ctx, input.state))
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}
