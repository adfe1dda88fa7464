import { sql } from 'kysely'
import { asset } from '../../assets/asset.ts'
import { issue } from '../../context/issue.ts'
import { obligation } from '../../context/obligation.ts'
import { controlsById } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { inLanguage } from '../../kernel/language.ts'
import type { RecordType } from '../../kernel/record.ts'
import { servicesById } from '../../organisation/server/queries.ts'
import { findPerson } from '../../people/server/queries.ts'
import type { Risk } from '../risk.ts'

/** Which of some ids name records of a kind here: an id of another organisation is as unknown as an invented one. */
async function known(ctx: Context, type: RecordType, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: Id }>`
    select id from ${rowsOf(ctx, type, 'r')} where id = any(${[...ids]}::uuid[])`.execute(ctx.tx)
  return new Set(rows.map((row) => row.id))
}

const missing = (pointer: string, ids: readonly Id[], there: { has(id: Id): boolean }): FieldProblem[] =>
  ids.flatMap((id, index) =>
    there.has(id) ? [] : [fieldProblem(`${pointer}/${index}`, 'record.reference_unknown')],
  )

type Cited = Pick<Risk, 'serviceIds' | 'assetIds' | 'issueIds' | 'obligationIds'>

/** Records that a risk cites and that are not here. */
export async function citedProblems(ctx: Context, one: Cited): Promise<FieldProblem[]> {
  const services = one.serviceIds.length === 0 ? new Map<Id, unknown>() : await servicesById(ctx)
  return [
    ...missing('/serviceIds', one.serviceIds, services),
    ...missing('/assetIds', one.assetIds, await known(ctx, asset, one.assetIds)),
    ...missing('/issueIds', one.issueIds, await known(ctx, issue, one.issueIds)),
    ...missing('/obligationIds', one.obligationIds, await known(ctx, obligation, one.obligationIds)),
  ]
}

/** Whoever is given a risk or an action must be here: nobody hands work to somebody who left. */
export async function personProblems(
  ctx: Context,
  pointer: string,
  id: Id | null,
  before: Id | null = null,
): Promise<FieldProblem[]> {
  if (id === null || id === before) return []
  const one = await findPerson(ctx, id)
  return one.state === 'left'
    ? [fieldProblem(pointer, 'risk.owner_left', { name: inLanguage(one.name, ctx.language) })]
    : []
}

/** Controls that a treatment needs: here and in use, unless they were named before. */
export async function controlProblems(
  ctx: Context,
  pointer: string,
  ids: readonly Id[],
  before: readonly Id[] = [],
): Promise<FieldProblem[]> {
  const found = await controlsById(ctx, ids)
  return ids.flatMap((id, index) => {
    const one = found.get(id)
    const at = pointer.replace('*', String(index))
    if (!one) return [fieldProblem(at, 'record.reference_unknown')]
    return one.retiredOn === null || before.includes(id)
      ? []
      : [fieldProblem(at, 'risk.control_retired', { code: one.code, day: one.retiredOn })]
  })
}
