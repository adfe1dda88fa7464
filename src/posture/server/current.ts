import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import type { HeldPosture } from '../held.ts'
import { changesOf, nounsOfPosture, type Stated } from './changes.ts'
import { loadPosture, logSize } from './load.ts'

/** More entries than this, and reading everything again is quicker than taking them in one by one. */
const mostFollowed = 5_000

/** Postures kept at the same time. Each holds the facts of an organisation in memory. */
export const mostHeld = 8

type Row = { noun: string; statement: string | null; before: string | null; n: number }

const recordIn = (statement: string): unknown => (JSON.parse(statement) as { record: unknown }).record

/** What entries say, in their order; null when one of them no longer says anything, because it was erased. */
async function statedBetween(ctx: Context, from: number, to: number): Promise<Stated[] | null> {
  const { rows } = await sql<Row>`
    select e.noun, e.n, e.statement, p.statement as before
    from log_entry e
    left join log_entry p on p.organisation_id = e.organisation_id and p.noun = e.noun
      and p.record_id = e.record_id and p.n = e.n - 1
    where e.organisation_id = ${ctx.organisationId}::uuid and e.idx >= ${from} and e.idx < ${to}
      and e.noun = any(${nounsOfPosture}::text[])
    order by e.idx`.execute(ctx.tx)
  const stated: Stated[] = []
  for (const { noun, statement, before, n } of rows) {
    if (statement === null || (n > 1 && before === null)) return null
    stated.push({ noun, after: recordIn(statement), before: before === null ? null : recordIn(before) })
  }
  return stated
}

/** Puts a posture at the end of the queue of those kept; the one that nobody asked about for longest goes. */
function hold(ctx: Context, held: HeldPosture): void {
  const { postures, organisationId } = ctx
  postures.delete(organisationId)
  postures.set(organisationId, held)
  const [oldest] = postures.keys()
  if (postures.size > mostHeld && oldest !== undefined) postures.delete(oldest)
}

/** Reads everything anew, once for all who ask at the same time. */
async function reload(ctx: Context): Promise<HeldPosture> {
  // What a command has changed and not yet committed is nobody else's to see.
  if (ctx.entries.length > 0) return loadPosture(ctx)
  const { postures, organisationId } = ctx
  const loading = loadPosture(ctx)
  postures.set(organisationId, loading)
  try {
    const held = await loading
    if (postures.get(organisationId) === loading) hold(ctx, held)
    return held
  } catch (error) {
    if (postures.get(organisationId) === loading) postures.delete(organisationId)
    throw error
  }
}

/** What is kept, or being made; null where somebody else failed to make it. */
const kept = (ctx: Context): Promise<HeldPosture | null> =>
  Promise.resolve(ctx.postures.get(ctx.organisationId) ?? null).catch(() => null)

/**
 * The posture of the organisation, kept from one question to the next and brought up to date from the log: one change
 * recomputes only what it touches. A question about what was known at an instant is answered from a posture of its own.
 */
export async function currentHeld(ctx: Context): Promise<HeldPosture> {
  if (ctx.knownAt !== null) return loadPosture(ctx)
  const size = await logSize(ctx)
  for (;;) {
    const held = await kept(ctx)
    if (held === null || size - held.size > mostFollowed) return reload(ctx)
    // Another request may have taken in more than this transaction can see: newer is as true.
    if (held.size >= size) {
      hold(ctx, held)
      return held
    }
    const from = held.size
    const stated = await statedBetween(ctx, from, size)
    if (stated === null) return reload(ctx)
    // Somebody else was faster while this one read; what is left is looked at again.
    if (held.size !== from) continue
    for (const one of stated)
      for (const change of changesOf(one, { ...held, catalogue: ctx.catalogue })) held.posture.apply(change)
    held.size = size
    hold(ctx, held)
    return held
  }
}
