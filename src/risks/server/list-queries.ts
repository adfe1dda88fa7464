import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { containing } from '../../db/keyset.ts'
import { pageOfRows } from '../../db/list.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { entitiesBelow } from '../../organisation/server/queries.ts'
import { idsOfLeavers } from '../../people/server/name-queries.ts'
import { codeAfter } from '../code.ts'
import { valueKinds } from '../rating.ts'
import { risk, treatmentOptions } from '../risk.ts'
import { riskStates } from '../state.ts'
import { ownersNamed, type RiskAnswer, riskAnswer, riskAnswerSchema } from './answers.ts'
import { codesInUse } from './commands.ts'
import { closedRows, type RiskStanding, risksInReach, standingsOf, visibleRisks } from './queries.ts'

const yesNo = z.enum(['yes', 'no'])
const level = z.coerce.number().int().min(0).max(6)

/** What the register can be narrowed to; an export takes the same. */
export const riskFilter = {
  text: z.string().max(200).optional(),
  /** With all entities below it. */
  entity: idSchema.optional(),
  owner: idSchema.optional(),
  asset: idSchema.optional(),
  obligation: idSchema.optional(),
  issue: idSchema.optional(),
  /** Necessary for the treatment of the day, or worked on by an action. */
  control: idSchema.optional(),
  treatment: z.enum([...treatmentOptions, 'none']).optional(),
  state: z.enum(riskStates).optional(),
  band: z.string().max(40).optional(),
  overdue: yesNo.optional(),
  /** Judged by another version of the method than the one in force. */
  outdated: yesNo.optional(),
  handover: yesNo.optional(),
  closed: yesNo.default('no'),
  /** Which of the three values `band` and the levels are about. */
  which: z.enum(valueKinds).default('residual'),
  likelihood: level.optional(),
  consequence: level.optional(),
  method: idSchema.optional(),
}

const filterSchema = z.strictObject(riskFilter)
export type RiskFilter = z.output<typeof filterSchema>

/** The parts of a filter that the database answers by itself; columns are unqualified. */
export async function storedRows(ctx: Context, input: RiskFilter): Promise<RawBuilder<boolean>> {
  const parts = [await visibleRisks(ctx), sql<boolean>`identified_on <= ${ctx.asOf}::date`]
  if (input.text) {
    const like = containing(input.text)
    parts.push(
      sql<boolean>`(code ilike ${like} or name ->> 'en' ilike ${like} or name ->> 'ja' ilike ${like}
        or scenario ->> 'en' ilike ${like} or scenario ->> 'ja' ilike ${like})`,
    )
  }
  const holds = (column: string, id: Id | undefined) =>
    id === undefined ? [] : [sql<boolean>`${sql.ref(column)} @> ${JSON.stringify([id])}::jsonb`]
  if (input.entity) {
    const below = [...(await entitiesBelow(ctx, input.entity))]
    parts.push(sql<boolean>`entity_id = any(${below}::uuid[])`)
  }
  if (input.owner) parts.push(sql<boolean>`owner_id = ${input.owner}::uuid`)
  if (input.handover) {
    const gone = idsOfLeavers(ctx, ctx.asOf)
    parts.push(sql<boolean>`coalesce(owner_id in ${gone}, false) = ${input.handover === 'yes'}`)
  }
  parts.push(
    ...holds('asset_ids', input.asset),
    ...holds('obligation_ids', input.obligation),
    ...holds('issue_ids', input.issue),
  )
  const over = closedRows(ctx)
  // Asking for the state `closed` asks for closed ones, whatever else is said.
  const closed = input.closed === 'yes' || input.state === 'closed'
  parts.push(closed ? over : sql<boolean>`not ${over}`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** Whether a filter asks for something that only the pure rules know. */
const isComputed = (input: RiskFilter): boolean =>
  [
    input.state,
    input.band,
    input.treatment,
    input.control,
    input.overdue,
    input.outdated,
    input.likelihood,
    input.consequence,
    input.method,
  ].some((part) => part !== undefined)

/** The parts of a filter that follow from what is dated in a risk. */
export function passes({ standing }: RiskStanding, input: RiskFilter): boolean {
  const { view, progress } = standing
  const value = view.assessment?.[input.which]
  const rules: [unknown, () => boolean][] = [
    [input.state, () => standing.state === input.state],
    [input.band, () => standing.ratings[input.which]?.band.key === input.band],
    [input.treatment, () => (view.treatment?.option ?? 'none') === input.treatment],
    [
      input.control,
      () =>
        view.treatment?.controlIds.includes(input.control ?? '') === true ||
        view.actions.some((one) => one.controlId === input.control),
    ],
    [input.overdue, () => progress.overdue > 0 === (input.overdue === 'yes')],
    [input.outdated, () => standing.outdated === (input.outdated === 'yes')],
    [input.likelihood, () => value?.likelihood === input.likelihood],
    [input.consequence, () => value?.consequence === input.consequence],
    [input.method, () => standing.method?.id === input.method],
  ]
  return rules.every(([asked, holds]) => asked === undefined || holds())
}

/** The condition under which a risk is in the register as it is shown. */
export async function riskRows(ctx: Context, input: RiskFilter): Promise<RawBuilder<boolean>> {
  const stored = await storedRows(ctx, input)
  if (!isComputed(input)) return stored
  const standing = await standingsOf(ctx, await risksInReach(ctx), ctx.asOf, true)
  const ids = standing.filter((one) => passes(one, input)).map((one) => one.risk.id)
  return sql<boolean>`${stored} and id = any(${ids}::uuid[])`
}

/** Two digits of the residual band of each risk on the day, so that texts sort as bands do; empty before the first. */
async function levelOf(ctx: Context): Promise<RawBuilder<string>> {
  const standing = await standingsOf(ctx, await risksInReach(ctx), ctx.asOf, true)
  const levels = standing.flatMap(({ risk: one, standing: { ratings } }) =>
    ratings.residual ? [[one.id, String(ratings.residual.index).padStart(2, '0')] as const] : [],
  )
  return sql<string>`coalesce(${JSON.stringify(Object.fromEntries(levels))}::jsonb ->> id::text, '')`
}

async function sortOf(
  ctx: Context,
  sort: 'code' | 'name' | 'level',
): Promise<{ name: string; by: RawBuilder<string> }> {
  if (sort === 'level') return { name: `level/${ctx.asOf}`, by: await levelOf(ctx) }
  if (sort === 'code') return { name: 'code', by: sql<string>`code` }
  return ctx.language === 'ja'
    ? { name: 'nameJa', by: sql<string>`coalesce(name ->> 'ja', name ->> 'en', '')` }
    : { name: 'name', by: sql<string>`coalesce(name ->> 'en', name ->> 'ja', '')` }
}

const listInput = z.strictObject({
  ...pageInput,
  ...riskFilter,
  sort: z.enum(['code', 'name', 'level']).default('code'),
  order: z.enum(['asc', 'desc']).default('asc'),
})

/** What readers are told of some risks: three queries, however many. */
export async function riskAnswers(ctx: Context, found: readonly RiskStanding[]): Promise<RiskAnswer[]> {
  const owner = await ownersNamed(
    ctx,
    found.map((one) => one.risk.ownerId),
  )
  return found.map((one) => riskAnswer(ctx, one, owner))
}

/** A page of the register of risks. */
export const listRisks: Query<Context, z.output<typeof listInput>, Page<RiskAnswer>> = {
  kind: 'query',
  noun: 'risk',
  action: 'read',
  input: listInput,
  output: pageOf(riskAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, { cursor, limit, sort, order, ...filter }) {
    const wanted = { ...(await sortOf(ctx, sort)), down: order === 'desc' }
    const page = await pageOfRows(ctx, risk, await riskRows(ctx, filter), wanted, { cursor, limit })
    return { ...page, items: await riskAnswers(ctx, await standingsOf(ctx, page.items, ctx.asOf)) }
  },
}

const codeOutput = z.strictObject({ code: z.string() })

/** The code that the next risk gets when none is given. */
export const nextRiskCode: Query<Context, Record<string, never>, z.output<typeof codeOutput>> = {
  kind: 'query',
  noun: 'risk',
  action: 'create',
  input: z.strictObject({}),
  output: codeOutput,
  scope: () => 'filtered',
  run: async (ctx) => ({ code: codeAfter((await codesInUse(ctx)).map((one) => one.code)) }),
}

export type { RiskAnswer }
