import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { everyOf, oneOf } from '../../db/loaded.ts'
import { rowsOf, undatedRowsOf } from '../../db/source.ts'
import { recordOn } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { type RiskAcceptance, riskAcceptance } from '../acceptance.ts'
import { type HeldRisks, type RiskStanding, standingsHeld } from '../held.ts'
import { type RiskMethod, riskMethod } from '../method.ts'
import { methodInForce } from '../method-rules.ts'
import { type Risk, risk } from '../risk.ts'
import { standingOn } from '../standing.ts'

export type { RiskStanding } from '../held.ts'

/** Organisations whose risks are kept at the same time. */
const mostHeld = 8

export async function findRisk(ctx: Context, id: Id): Promise<Risk> {
  const found = await oneOf(ctx, risk, id)
  if (!found) throw notFound('risk')
  return found
}

export async function findMethod(ctx: Context, id: Id): Promise<RiskMethod> {
  const found = await oneOf(ctx, riskMethod, id)
  if (!found) throw notFound('risk-method')
  return found
}

export async function findAcceptance(ctx: Context, id: Id): Promise<RiskAcceptance> {
  const found = await oneOf(ctx, riskAcceptance, id)
  if (!found) throw notFound('risk-acceptance')
  return found
}

/** Every version of the method, oldest first. */
export const allMethods = async (ctx: Context): Promise<RiskMethod[]> =>
  [...(await everyOf(ctx, riskMethod)).values()].sort((a, b) => a.number - b.number)

/** The version by which risks are judged on a day; null before any was approved. */
export const methodOn = async (ctx: Context, day: Day): Promise<RiskMethod | null> =>
  methodInForce(await allMethods(ctx), day)

const byCode = (a: Risk, b: Risk) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.id < b.id ? -1 : 1)

/**
 * All risks of the organisation, kept from one question to the next for as long as nothing is written. Null within a
 * command, and for what was known at an instant: those read for themselves.
 */
async function heldRisks(ctx: Context): Promise<HeldRisks | null> {
  if (ctx.knownAt !== null || ctx.logSize === null) return null
  const known = ctx.heldRisks.get(ctx.organisationId)
  if (known?.size === ctx.logSize) return known
  const held: HeldRisks = {
    size: ctx.logSize,
    // Kept for every day: what is dated in them is read for each day anew.
    risks: (
      await ctx.tx
        .selectFrom(undatedRowsOf(ctx, risk, 'r'))
        .selectAll()
        .execute()
    ).sort(byCode),
    methods: await everyOf(ctx, riskMethod),
    acceptances: await acceptancesByRisk(ctx),
    days: new Map(),
    found: new Map(),
  }
  // A snapshot that is older than what is kept answers for itself and leaves the newer one alone.
  if (known !== undefined && known.size > held.size) return held
  ctx.heldRisks.delete(ctx.organisationId)
  ctx.heldRisks.set(ctx.organisationId, held)
  const [oldest] = ctx.heldRisks.keys()
  if (ctx.heldRisks.size > mostHeld && oldest !== undefined) ctx.heldRisks.delete(oldest)
  return held
}

/** Conditions whose risks are kept at the same time. */
const mostConditions = 200

/** The risks under a condition of their rows, kept as they are. */
export async function idsUnder(ctx: Context, where: RawBuilder<boolean>): Promise<ReadonlySet<Id>> {
  const held = await heldRisks(ctx)
  const query = ctx.tx
    .selectFrom(rowsOf(ctx, risk, 'r'))
    .select('id')
    .where(where)
  const { sql: text, parameters } = query.compile()
  const key = JSON.stringify([text, parameters])
  const known = held?.found.get(key)
  if (known) return known
  const found = new Set((await query.execute()).map(({ id }) => id))
  held?.found.set(key, found)
  const [oldest] = held?.found.keys() ?? []
  if (held && held.found.size > mostConditions && oldest !== undefined) held.found.delete(oldest)
  return found
}

/** Risks that were closed on the day asked about, as {@link riskOn} has it; columns are unqualified. */
export const closedRows = (ctx: Context): RawBuilder<boolean> =>
  sql<boolean>`(coalesce(closed ->> 'on' <= ${ctx.asOf}, false) or exists (
    select 1 from jsonb_array_elements(reopened) as r (one)
    where one -> 'closed' ->> 'on' <= ${ctx.asOf} and one ->> 'on' > ${ctx.asOf}))`

/** Every risk of the organisation, in the order of their codes, whatever the actor may see. */
export async function everyRisk(ctx: Context): Promise<Risk[]> {
  const held = await heldRisks(ctx)
  return held ? [...held.risks] : [...(await everyOf(ctx, risk)).values()].sort(byCode)
}

const byDay = (a: RiskAcceptance, b: RiskAcceptance) =>
  a.on < b.on ? -1 : a.on > b.on ? 1 : a.riskVersion - b.riskVersion || (a.id < b.id ? -1 : 1)

/** Acceptances by risk, each in the order of their days; of some risks, or of all. */
export async function acceptancesByRisk(
  ctx: Context,
  riskIds: readonly Id[] | null = null,
): Promise<ReadonlyMap<Id, RiskAcceptance[]>> {
  const rows =
    riskIds === null
      ? [...(await everyOf(ctx, riskAcceptance)).values()]
      : await ctx.tx
          .selectFrom(rowsOf(ctx, riskAcceptance, 'a'))
          .selectAll()
          .where(sql<boolean>`risk_id = any(${riskIds}::uuid[])`)
          .execute()
  return Map.groupBy(rows.sort(byDay), (one) => one.riskId)
}

/** What is kept and still true, without reading anything. */
function heldAlready(ctx: Context): HeldRisks | null {
  const known = ctx.knownAt === null ? ctx.heldRisks.get(ctx.organisationId) : undefined
  return known !== undefined && known.size === ctx.logSize ? known : null
}

/** What a day says of some risks; those not identified yet are left out. Two queries, however many. */
export async function standingsOf(
  ctx: Context,
  risks: readonly Risk[],
  day: Day,
  all = false,
): Promise<RiskStanding[]> {
  if (risks.length === 0) return []
  const held = all ? await heldRisks(ctx) : heldAlready(ctx)
  if (held) {
    const { byId } = standingsHeld(held, day)
    return risks.flatMap((one) => byId.get(one.id) ?? [])
  }
  const methods = await everyOf(ctx, riskMethod)
  const inForce = methodInForce([...methods.values()], day)
  const acceptances = await acceptancesByRisk(ctx, all ? null : risks.map((one) => one.id))
  return risks.flatMap((each) => {
    const one = recordOn(each, day)
    const standing = standingOn(one, { methods, inForce, acceptances: acceptances.get(one.id) ?? [] }, day)
    return standing === null ? [] : [{ risk: one, standing }]
  })
}

/**
 * Every risk as it stood on a day, closed ones too, in the order of their codes and whatever the actor may see: for
 * statements and reports about the whole organisation. Three queries.
 */
export const risksOn = async (ctx: Context, day: Day): Promise<RiskStanding[]> => [
  ...(await everyStanding(ctx, day)),
]

/** The same, and the same list for as long as it is kept. */
export async function everyStanding(ctx: Context, day: Day): Promise<readonly RiskStanding[]> {
  const held = await heldRisks(ctx)
  return held ? standingsHeld(held, day).all : standingsOf(ctx, await everyRisk(ctx), day, true)
}

/** The condition under which the actor's grants reach a risk's row; its columns are unqualified. */
export async function visibleRisks(ctx: Context): Promise<RawBuilder<boolean>> {
  const reached = await reachedEntities(ctx)
  return reached === null ? sql<boolean>`true` : sql<boolean>`entity_id = any(${reached}::uuid[])`
}

/** The risks that the actor may see. */
export async function risksInReach(ctx: Context): Promise<Risk[]> {
  const reached = await reachedEntities(ctx)
  const all = await everyRisk(ctx)
  return reached === null ? all : all.filter((one) => reached.includes(one.entityId))
}
