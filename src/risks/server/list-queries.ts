import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { containing, cursorOf, placeOf } from '../../db/keyset.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { entitiesBelow } from '../../organisation/server/queries.ts'
import { idsOfLeavers } from '../../people/server/name-queries.ts'
import { codeAfter } from '../code.ts'
import { valueKinds } from '../rating.ts'
import { treatmentOptions } from '../risk.ts'
import { riskStates } from '../state.ts'
import { ownersNamed, type RiskAnswer, riskAnswer, riskAnswerSchema } from './answers.ts'
import { codesInUse } from './commands.ts'
import { closedRows, everyStanding, idsUnder, type RiskStanding, visibleRisks } from './queries.ts'

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

/** The risks that are in the register as it is shown, in the order of their codes. */
export async function risksShown(ctx: Context, input: RiskFilter): Promise<RiskStanding[]> {
  const stored = await idsUnder(ctx, await storedRows(ctx, input))
  const standing = await everyStanding(ctx, ctx.asOf)
  return standing.filter((one) => stored.has(one.risk.id) && passes(one, input))
}

/** Two digits of the residual band on the day, so that texts sort as bands do; empty before the first. */
const levelText = ({ standing: { ratings } }: RiskStanding): string =>
  ratings.residual ? String(ratings.residual.index).padStart(2, '0') : ''

type Sorting = { name: string; by: (one: RiskStanding) => string }

function sortingOf(ctx: Context, sort: 'code' | 'name' | 'level'): Sorting {
  if (sort === 'level') return { name: `level/${ctx.asOf}`, by: levelText }
  if (sort === 'code') return { name: 'code', by: (one) => one.risk.code }
  return ctx.language === 'ja'
    ? { name: 'nameJa', by: ({ risk: { name } }) => name.ja ?? name.en ?? '' }
    : { name: 'name', by: ({ risk: { name } }) => name.en ?? name.ja ?? '' }
}

type Placed = { value: string; id: Id; one: RiskStanding }

const byPlace = (a: Pick<Placed, 'value' | 'id'>, b: Pick<Placed, 'value' | 'id'>) =>
  a.value < b.value ? -1 : a.value > b.value ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

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

/**
 * A page of the register of risks, cut by keyset. There are thousands of risks and not millions: which are shown and in
 * which order is found out among those that are kept, and the database is asked only what it has to judge.
 */
export const listRisks: Query<Context, z.output<typeof listInput>, Page<RiskAnswer>> = {
  kind: 'query',
  noun: 'risk',
  action: 'read',
  input: listInput,
  output: pageOf(riskAnswerSchema),
  scope: () => 'filtered',
  async run(ctx, { cursor, limit, sort, order, ...filter }) {
    const sorting = sortingOf(ctx, sort)
    const name = `${sorting.name}/${order}`
    const place = cursor ? placeOf(cursor, name) : null
    const turn = order === 'desc' ? -1 : 1
    const placed = (await risksShown(ctx, filter))
      .map((one): Placed => ({ value: sorting.by(one), id: one.risk.id, one }))
      .sort((a, b) => turn * byPlace(a, b))
    const rest = place ? placed.filter((one) => turn * byPlace(one, place) > 0) : placed
    const shown = rest.slice(0, limit)
    const last = shown.at(-1)
    return {
      items: await riskAnswers(
        ctx,
        shown.map(({ one }) => one),
      ),
      nextCursor:
        rest.length > limit && last ? cursorOf({ sort: name, value: last.value, id: last.id }) : null,
      total: placed.length,
    }
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
