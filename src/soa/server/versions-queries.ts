import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Scope } from '../../kernel/command.ts'
import type { Day } from '../../kernel/day.ts'
import { notFound } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { allServices } from '../../organisation/server/queries.ts'
import { draftStateOn } from '../../people/approval.ts'
import { findProgramme, scopeOfProgramme } from '../../programmes/server/queries.ts'
import { type SoaVersion, soaVersion } from '../soa-version.ts'

export async function findVersion(ctx: Context, id: Id): Promise<SoaVersion> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, soaVersion, 'v'))
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound('soa')
  return found
}

/** The versions of some programmes, oldest first. */
export const versionsOf = (ctx: Context, programmeIds: readonly Id[]): Promise<SoaVersion[]> =>
  programmeIds.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, soaVersion, 'v'))
        .selectAll()
        .where('programmeId', 'in', [...programmeIds])
        .orderBy('number')
        .execute()

/** A statement is of its programme: who may read or change that programme's scope, may read or change this. */
export const scopeOfStatement = async (ctx: Context, programmeId: Id): Promise<Scope> =>
  scopeOfProgramme(await findProgramme(ctx, programmeId), await allServices(ctx))

/** The version in force on a day; null where none was approved by then. */
export async function statementInForce(ctx: Context, programmeId: Id, day: Day): Promise<SoaVersion | null> {
  const all = (await versionsOf(ctx, [programmeId])).filter((one) => one.draftedOn <= day)
  return all.findLast((one) => draftStateOn(one, all, day) === 'approved') ?? null
}
