import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { rowsOf } from '../../db/source.ts'
import type { Day } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { holdsOn, type Interval } from '../../kernel/interval.ts'
import { idsOfLeavers } from '../../people/server/name-queries.ts'
import { type IsmsRole, ismsRole, type RoleGap, roleGapsOn } from '../isms-role.ts'
import { climateOn, type Issue, issue } from '../issue.ts'
import { type Obligation, obligation } from '../obligation.ts'
import { type Party, party } from '../party.ts'
import { inForceOn } from '../scope-state.ts'
import { type ScopeStatement, scopeStatement } from '../scope-statement.ts'

const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)

const standing = <T extends Interval & { key: string }>(all: ReadonlyMap<Id, T>, day: Day): T[] =>
  [...all.values()].filter((one) => holdsOn(one, day)).sort(byKey)

/** Interested parties that counted on a day, in the order of their keys. */
export const partiesOn = async (ctx: Context, day: Day): Promise<Party[]> =>
  standing(await everyOf(ctx, party), day)

/** Issues that stood on a day, those among them that were found not to be relevant too. */
export const issuesOn = async (ctx: Context, day: Day): Promise<Issue[]> =>
  standing(await everyOf(ctx, issue), day)

/** Obligations in force on a day. */
export const obligationsOn = async (ctx: Context, day: Day): Promise<Obligation[]> =>
  standing(await everyOf(ctx, obligation), day)

/** What was determined about climate change by a day (4.1, Amd 1:2024); empty where nobody had. */
export const climateDeterminedOn = async (ctx: Context, day: Day): Promise<Issue[]> =>
  climateOn((await everyOf(ctx, issue)).values(), day)

/** All versions of the statements of some programmes, oldest first within each. */
export const scopeStatementsOf = (ctx: Context, programmeIds: readonly Id[]): Promise<ScopeStatement[]> =>
  programmeIds.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, scopeStatement, 's'))
        .selectAll()
        .where('programmeId', 'in', [...programmeIds])
        .orderBy('programmeId')
        .orderBy('number')
        .execute()

/** The scope statement of a programme that was in force on a day; null where none was approved by then. */
export const scopeStatementOn = async (
  ctx: Context,
  programmeId: Id,
  day: Day,
): Promise<ScopeStatement | null> => inForceOn(await scopeStatementsOf(ctx, [programmeId]), day)

export async function findScopeStatement(ctx: Context, id: Id): Promise<ScopeStatement> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, scopeStatement, 's'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('scope-statement')
  return found
}

export async function findRole(ctx: Context, id: Id): Promise<IsmsRole> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, ismsRole, 'r'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('isms-role')
  return found
}

/** Everybody who was gone by a day, as far as is known: three columns of one table. */
export async function leavers(ctx: Context, day: Day): Promise<ReadonlySet<Id>> {
  const { rows } = await sql<{ id: Id }>`select id from ${idsOfLeavers(ctx, day)} as gone`.execute(ctx.tx)
  return new Set(rows.map(({ id }) => id))
}

/** The roles of the management system that existed on a day, and what of them nobody answered for (5.3). */
export async function rolesOn(ctx: Context, day: Day): Promise<{ roles: IsmsRole[]; gaps: RoleGap[] }> {
  const roles = standing(await everyOf(ctx, ismsRole), day)
  const left = await leavers(ctx, day)
  return { roles, gaps: roleGapsOn(roles, day, (id) => left.has(id)) }
}
