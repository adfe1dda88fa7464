import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { pageOfRows } from '../../db/list.ts'
import { everyOf } from '../../db/loaded.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { holdsOn } from '../../kernel/interval.ts'
import { localText } from '../../kernel/language.ts'
import { type Page, pageInput, pageOf } from '../../kernel/page.ts'
import { keeperSchema, keepersNamed } from '../../people/server/name-queries.ts'
import { issue } from '../issue.ts'
import { type Kept, lastReviewOn, reviewDueOn } from '../kept.ts'
import { obligation } from '../obligation.ts'
import { party } from '../party.ts'
import { scopeOfEntities } from './kept-commands.ts'
import {
  issueFilter,
  issueRows,
  keptRows,
  obligationFilter,
  obligationRows,
  partyFilter,
  partyRows,
  visibleRows,
} from './register-rows.ts'

const pageOrder = {
  ...pageInput,
  sort: z.enum(['key', 'name']).default('key'),
  order: z.enum(['asc', 'desc']).default('asc'),
}

const sorts = {
  key: sql<string>`key`,
  name: sql<string>`coalesce(name ->> 'en', name ->> 'ja', '')`,
  nameJa: sql<string>`coalesce(name ->> 'ja', name ->> 'en', '')`,
}

const orderOf = (ctx: Context, { sort, order }: { sort: 'key' | 'name'; order: 'asc' | 'desc' }) => {
  const name = sort === 'name' && ctx.language === 'ja' ? 'nameJa' : sort
  return { name, by: sorts[name], down: order === 'desc' }
}

/** What follows from an entry on the day asked about. */
const keptAnswer = {
  owner: keeperSchema.nullable(),
  standing: z.enum(['standing', 'planned', 'ended']),
  reviewedOn: daySchema.nullable(),
  reviewDue: daySchema.nullable(),
  abilities: z.array(z.string()),
}

type KeptAnswer = z.output<z.ZodObject<typeof keptAnswer>>

async function answersOf<T extends Kept>(
  ctx: Context,
  noun: string,
  found: readonly T[],
): Promise<(T & KeptAnswer)[]> {
  const owners = await keepersNamed(
    ctx,
    found.map((one) => one.ownerId),
  )
  return found.map((one) => ({
    ...one,
    owner: owners(one.ownerId),
    standing: holdsOn(one, ctx.asOf)
      ? 'standing'
      : one.from !== null && one.from > ctx.asOf
        ? 'planned'
        : 'ended',
    reviewedOn: lastReviewOn(one, ctx.asOf)?.on ?? null,
    reviewDue: holdsOn(one, ctx.asOf) ? reviewDueOn(one, ctx.asOf) : null,
    abilities: ctx.can(`${noun}.update`, scopeOfEntities(one.entityIds)) ? ['update'] : [],
  }))
}

const partyAnswer = party.schema.extend(keptAnswer)
const issueAnswer = issue.schema.extend(keptAnswer)
const obligationAnswer = obligation.schema.extend({
  ...keptAnswer,
  party: z.strictObject({ id: idSchema, name: localText(200) }).nullable(),
})

export type PartyAnswer = z.output<typeof partyAnswer>
export type IssueAnswer = z.output<typeof issueAnswer>
export type ObligationAnswer = z.output<typeof obligationAnswer>

async function withParties(
  ctx: Context,
  rows: Omit<ObligationAnswer, 'party'>[],
): Promise<ObligationAnswer[]> {
  const parties = await everyOf(ctx, party)
  return rows.map((row) => {
    const found = row.partyId === null ? undefined : parties.get(row.partyId)
    return { ...row, party: found ? { id: found.id, name: found.name } : null }
  })
}

const partyList = z.strictObject({ ...pageOrder, ...partyFilter })

export const listParties: Query<Context, z.output<typeof partyList>, Page<PartyAnswer>> = {
  kind: 'query',
  noun: 'interested-party',
  action: 'read',
  input: partyList,
  output: pageOf(partyAnswer),
  scope: () => 'filtered',
  async run(ctx, input) {
    const page = await pageOfRows(ctx, party, await partyRows(ctx, input), orderOf(ctx, input), input)
    return { ...page, items: await answersOf(ctx, 'interested-party', page.items) }
  },
}

const issueList = z.strictObject({ ...pageOrder, ...issueFilter })

export const listIssues: Query<Context, z.output<typeof issueList>, Page<IssueAnswer>> = {
  kind: 'query',
  noun: 'context-issue',
  action: 'read',
  input: issueList,
  output: pageOf(issueAnswer),
  scope: () => 'filtered',
  async run(ctx, input) {
    const page = await pageOfRows(ctx, issue, await issueRows(ctx, input), orderOf(ctx, input), input)
    return { ...page, items: await answersOf(ctx, 'context-issue', page.items) }
  },
}

const obligationList = z.strictObject({ ...pageOrder, ...obligationFilter })

export const listObligations: Query<Context, z.output<typeof obligationList>, Page<ObligationAnswer>> = {
  kind: 'query',
  noun: 'obligation',
  action: 'read',
  input: obligationList,
  output: pageOf(obligationAnswer),
  scope: () => 'filtered',
  async run(ctx, input) {
    const rows = await obligationRows(ctx, input)
    const page = await pageOfRows(ctx, obligation, rows, orderOf(ctx, input), input)
    return { ...page, items: await withParties(ctx, await answersOf(ctx, 'obligation', page.items)) }
  },
}

const byId = z.strictObject({ id: idSchema })

export const getParty: Query<Context, { id: Id }, PartyAnswer> = {
  kind: 'query',
  noun: 'interested-party',
  action: 'read',
  input: byId,
  output: partyAnswer,
  scope: () => 'filtered',
  async run(ctx, { id }) {
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, party, 'p'))
      .selectAll()
      .where('id', '=', id)
      .where(await visibleRows(ctx))
      .execute()
    const [answer] = await answersOf(ctx, 'interested-party', rows)
    if (!answer) throw notFound('interested-party')
    return answer
  },
}

export const getIssue: Query<Context, { id: Id }, IssueAnswer> = {
  kind: 'query',
  noun: 'context-issue',
  action: 'read',
  input: byId,
  output: issueAnswer,
  scope: () => 'filtered',
  async run(ctx, { id }) {
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, issue, 'i'))
      .selectAll()
      .where('id', '=', id)
      .where(await visibleRows(ctx))
      .execute()
    const [answer] = await answersOf(ctx, 'context-issue', rows)
    if (!answer) throw notFound('context-issue')
    return answer
  },
}

export const getObligation: Query<Context, { id: Id }, ObligationAnswer> = {
  kind: 'query',
  noun: 'obligation',
  action: 'read',
  input: byId,
  output: obligationAnswer,
  scope: () => 'filtered',
  async run(ctx, { id }) {
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, obligation, 'o'))
      .selectAll()
      .where('id', '=', id)
      .where(await visibleRows(ctx))
      .execute()
    const [answer] = await withParties(ctx, await answersOf(ctx, 'obligation', rows))
    if (!answer) throw notFound('obligation')
    return answer
  },
}

const summarySchema = z.strictObject({
  /** What was determined about climate change by the day; empty where nobody has (Amd 1:2024). */
  climate: z.array(issue.schema.pick({ id: true, name: true, relevant: true, effect: true, from: true })),
  abilities: z.array(z.string()),
})

/** What stands above the registers of the context: the climate determination, and what the reader may add. */
export const getContext: Query<Context, Record<string, never>, z.output<typeof summarySchema>> = {
  kind: 'query',
  noun: 'context-issue',
  action: 'read',
  input: z.strictObject({}),
  output: summarySchema,
  scope: () => 'filtered',
  async run(ctx) {
    const standing = await keptRows(ctx, { state: 'standing' }, [], [sql<boolean>`topic = 'climate'`])
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, issue, 'i'))
      .select(['id', 'name', 'relevant', 'effect', 'from'])
      .where(standing)
      .orderBy('key')
      .execute()
    const nouns = ['interested-party', 'context-issue', 'obligation']
    const anywhere = nouns.filter((noun) => ctx.permissions.includes(`${noun}.create`))
    return { climate: rows, abilities: anywhere.map((noun) => `${noun}.create`) }
  },
}
