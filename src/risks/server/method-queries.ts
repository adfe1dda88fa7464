import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { draftStates } from '../../people/approval.ts'
import { namedSchema, peopleNamed } from '../../people/server/name-queries.ts'
import { type RiskMethod, riskMethod } from '../method.ts'
import { methodInForce, methodStateOn, unreachableBands } from '../method-rules.ts'
import { risk } from '../risk.ts'
import { allMethods, closedRows, findMethod, visibleRisks } from './queries.ts'

const methodAnswerSchema = riskMethod.schema.extend({
  state: z.enum(draftStates),
  inForce: z.boolean(),
  /** Keys of bands that no cell of the matrix leads to. */
  unreachable: z.array(z.string()),
  authors: z.array(namedSchema),
  approver: namedSchema.nullable(),
  /** How many open risks, of those that the actor may see, stand by their last assessment on it. */
  risks: z.int(),
  abilities: z.array(z.string()),
})

export type MethodAnswer = z.output<typeof methodAnswerSchema>

function abilitiesOf(ctx: Context, one: RiskMethod): string[] {
  if (one.withdrawn !== null) return []
  const isDraft = one.approval === null
  const { actor } = ctx
  const others = actor.kind === 'person' && actor.id !== null && !one.authorIds.includes(actor.id)
  return [
    ...(isDraft && ctx.can('risk-method.draft', 'organisation') ? ['draft'] : []),
    ...(isDraft && others && ctx.can('risk-method.approve', 'organisation') ? ['approve'] : []),
    ...(ctx.can('risk-method.withdraw', 'organisation') ? ['withdraw'] : []),
  ]
}

/** Open risks by the version of their last assessment of the day: one query. */
async function risksByMethod(ctx: Context): Promise<ReadonlyMap<Id, number>> {
  const { rows } = await sql<{ methodId: Id; count: number }>`
    select last.method_id, count(*)::int as count from (
      select (select one ->> 'methodId' from jsonb_array_elements(assessments) with ordinality as a (one, place)
        where one ->> 'on' <= ${ctx.asOf} order by place desc limit 1) as method_id
      from ${rowsOf(ctx, risk, 'r')}
      where ${await visibleRisks(ctx)} and identified_on <= ${ctx.asOf}::date
        and not ${closedRows(ctx)}
    ) as last where last.method_id is not null group by last.method_id`.execute(ctx.tx)
  return new Map(rows.map((row) => [row.methodId, row.count]))
}

async function answersOf(ctx: Context, wanted: readonly RiskMethod[]): Promise<MethodAnswer[]> {
  const all = await allMethods(ctx)
  const inForce = methodInForce(all, ctx.asOf)
  const counts = await risksByMethod(ctx)
  const named = await peopleNamed(
    ctx,
    wanted.flatMap((one) => [...one.authorIds, one.approval?.personId]),
  )
  return wanted.map((one) => ({
    ...one,
    state: methodStateOn(one, all, ctx.asOf),
    inForce: one.id === inForce?.id,
    unreachable: unreachableBands(one).map((band) => band.key),
    authors: one.authorIds.flatMap((id) => named(id) ?? []),
    approver: named(one.approval?.personId ?? null),
    risks: counts.get(one.id) ?? 0,
    abilities: abilitiesOf(ctx, one),
  }))
}

const listSchema = z.strictObject({
  items: z.array(methodAnswerSchema),
  abilities: z.array(z.string()),
})

/** Every version of the method, newest first, as it stood on the day. */
export const listMethods: Query<Context, Record<string, never>, z.output<typeof listSchema>> = {
  kind: 'query',
  noun: 'risk-method',
  action: 'read',
  input: z.strictObject({}),
  output: listSchema,
  // How risks are judged is known to everyone who may see any of them.
  scope: () => 'filtered',
  async run(ctx) {
    const drafted = (await allMethods(ctx)).filter((one) => one.draftedOn <= ctx.asOf)
    const open = drafted.some((one) => one.approval === null && one.withdrawn === null)
    return {
      items: await answersOf(ctx, drafted.reverse()),
      abilities: !open && ctx.can('risk-method.draft', 'organisation') ? ['draft'] : [],
    }
  },
}

export const getMethod: Query<Context, { id: Id }, MethodAnswer> = {
  kind: 'query',
  noun: 'risk-method',
  action: 'read',
  input: z.strictObject({ id: idSchema }),
  output: methodAnswerSchema,
  scope: () => 'filtered',
  async run(ctx, { id }) {
    const [answer] = await answersOf(ctx, [await findMethod(ctx, id)])
    if (!answer) throw new Error('a method has no answer')
    return answer
  },
}
