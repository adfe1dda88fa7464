import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { type Certificate, certificate, type Successions, successionsOf } from '../certificate.ts'
import { scopeOfCertificate } from './answers.ts'

/** Since when each of these certificates has a successor; those without one are absent. One query. */
export async function successionsFor(ctx: Context, ids: readonly Id[]): Promise<Successions> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .select(['predecessors', 'terms'])
    .where(
      sql<boolean>`predecessors <> '[]' and exists (
        select 1 from jsonb_array_elements_text(predecessors) as named(id) where named.id::uuid = any(${ids}::uuid[]))`,
    )
    .execute()
  return successionsOf(rows)
}

/** Since when a successor counts in place of a certificate; null without one. */
export const succeededOn = async (ctx: Context, id: Id): Promise<Day | null> =>
  (await successionsFor(ctx, [id])).get(id) ?? null

/** Certificates that are named as predecessors, with those before them in turn: rounds of one query, a chain is short. */
export async function predecessorsKnown(
  ctx: Context,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, Certificate>> {
  const known = new Map<Id, Certificate>()
  let wanted = [...new Set(ids)]
  while (wanted.length > 0) {
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .selectAll()
      .where(sql<boolean>`id = any(${wanted}::uuid[])`)
      .execute()
    for (const row of rows) known.set(row.id, row)
    wanted = [...new Set(rows.flatMap((row) => row.predecessors))].filter((id) => !known.has(id))
  }
  return known
}

/**
 * Of those, what a certificate may name. To follow a certificate ends it, so that takes the right to renew it; without
 * that it looks like one that does not exist. What `before` names already stays.
 */
export const mayName = (
  ctx: Context,
  { predecessors }: Certificate,
  before: Certificate | null,
  named: Certificate,
): boolean =>
  !predecessors.includes(named.id) ||
  before?.predecessors.includes(named.id) ||
  ctx.can('certificate.renew', scopeOfCertificate(named))

/** All of them that it may name, by id. */
export const nameable = (
  ctx: Context,
  one: Certificate,
  before: Certificate | null,
  known: ReadonlyMap<Id, Certificate>,
): Map<Id, Certificate> => new Map([...known].filter(([, named]) => mayName(ctx, one, before, named)))
