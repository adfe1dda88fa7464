import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { undatedRowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { type Asset, asset } from '../asset.ts'
import { type HeldAssets, type KeptAsset, keptColumns, keptOf } from '../held.ts'
import { createInheritance, type Inheritance } from '../inheritance.ts'

/** More entries than this, and reading everything again is quicker than taking them in one by one. */
const mostFollowed = 5_000

/** Organisations whose assets are kept at the same time. */
const mostHeld = 8

/** Rows per read. */
const batch = 20_000

async function logSize(ctx: Context): Promise<number> {
  if (ctx.logSize !== null) return ctx.logSize
  const { rows } = await sql<{ size: string }>`select size from log_head`.execute(ctx.tx)
  return Number(rows[0]?.size ?? 0)
}

async function load(ctx: Context): Promise<HeldAssets> {
  const size = await logSize(ctx)
  const inheritance = createInheritance<KeptAsset>()
  let last: Id | null = null
  do {
    const after: RawBuilder<unknown> = last === null ? sql`true` : sql`r.id > ${last}::uuid`
    const { rows }: { rows: Asset[] } = await sql<Asset>`
      select ${sql.raw(keptColumns)} from ${undatedRowsOf(ctx, asset, 'r')} where ${after} order by r.id limit ${batch}`.execute(
      ctx.tx,
    )
    for (const row of rows) inheritance.put(keptOf(row))
    last = rows.length < batch ? null : (rows.at(-1)?.id ?? null)
  } while (last !== null)
  return { size, inheritance }
}

/** The assets stated from one entry of the log to another; null when one of them no longer says anything. */
async function statedBetween(ctx: Context, from: number, to: number): Promise<Asset[] | null> {
  const { rows } = await sql<{ statement: string | null }>`
    select statement from log_entry
    where organisation_id = ${ctx.organisationId}::uuid and idx >= ${from} and idx < ${to} and noun = ${asset.noun}
    order by idx`.execute(ctx.tx)
  const found: Asset[] = []
  for (const { statement } of rows) {
    if (statement === null) return null
    found.push((JSON.parse(statement) as { record: Asset }).record)
  }
  return found
}

function hold({ assetGraphs, organisationId }: Context, held: HeldAssets): Inheritance<KeptAsset> {
  assetGraphs.delete(organisationId)
  assetGraphs.set(organisationId, held)
  const [oldest] = assetGraphs.keys()
  if (assetGraphs.size > mostHeld && oldest !== undefined) assetGraphs.delete(oldest)
  return held.inheritance
}

async function reload(ctx: Context): Promise<Inheritance<KeptAsset>> {
  const held = await load(ctx)
  const meanwhile = ctx.assetGraphs.get(ctx.organisationId)
  return meanwhile === undefined || meanwhile.size <= held.size ? hold(ctx, held) : held.inheritance
}

/**
 * All assets of the organisation with what they are worth, kept from one question to the next and brought up to date
 * from the log: one change recomputes only what it reaches. A question about what was known at an instant is answered
 * from assets of its own.
 */
export async function assetsInMemory(ctx: Context): Promise<Inheritance<KeptAsset>> {
  if (ctx.knownAt !== null) return (await load(ctx)).inheritance
  const size = await logSize(ctx)
  for (;;) {
    const held = ctx.assetGraphs.get(ctx.organisationId)
    if (held === undefined || size - held.size > mostFollowed) return reload(ctx)
    // Another request may have taken in more than this transaction can see: newer is as true.
    if (held.size >= size) return hold(ctx, held)
    const from = held.size
    const stated = await statedBetween(ctx, from, size)
    if (stated === null) return reload(ctx)
    // Somebody else was faster while this one read; what is left is looked at again.
    if (held.size !== from) continue
    for (const one of stated) held.inheritance.put(keptOf(one))
    held.size = size
    return hold(ctx, held)
  }
}
