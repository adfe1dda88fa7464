import { sql } from 'kysely'
import { z } from 'zod'
import { asset } from '../../assets/asset.ts'
import { control } from '../../controls/control.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { entity } from '../../organisation/entity.ts'
import { service } from '../../organisation/service.ts'
import { person } from '../../people/person.ts'
import { roleGrant } from '../../people/role-grant.ts'
import { programme } from '../../programmes/programme.ts'
import { methodInForce } from '../../risks/method-rules.ts'
import { risk } from '../../risks/risk.ts'
import { allMethods } from '../../risks/server/queries.ts'
import { nothingSaid, type Onboarding, onboarding } from '../onboarding.ts'
import { type Counts, isComplete, stepKeys, stepStates, stepsOf } from '../step.ts'

/** What the organisation said about its beginning; without a record, nothing. */
export async function onboardingOf(ctx: Context): Promise<Onboarding> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, onboarding, 'o'))
    .selectAll()
    .executeTakeFirst()
  return found ?? nothingSaid(ctx.organisationId)
}

type Counted = Omit<Counts, 'scope' | 'methodDrafts' | 'methodsInForce'>

/** Everything that progress is read from, counted at once. */
async function counted(ctx: Context): Promise<Counted> {
  const day = sql`${ctx.asOf}::date`
  const { rows } = await sql<Counted>`select
    (select count(*)::int from ${rowsOf(ctx, entity, 'e')}) as entities,
    (select count(*)::int from ${rowsOf(ctx, service, 's')}) as services,
    (select count(*)::int from ${rowsOf(ctx, person, 'p')} where state <> 'left') as people,
    (select count(distinct p.id)::int from ${rowsOf(ctx, person, 'p')}
      join ${rowsOf(ctx, roleGrant, 'g')} on g.person_id = p.id
      where p.state = 'active' and g.role in ('owner', 'manager') and g.entity_id is null
        and g.granted_on <= ${day} and (g.ended_on is null or g.ended_on > ${day})) as approvers,
    (select count(*)::int from ${rowsOf(ctx, programme, 'm')}) as programmes,
    (select count(*)::int from ${rowsOf(ctx, control, 'c')} where retired_on is null) as controls,
    (select count(*)::int from ${rowsOf(ctx, asset, 'a')}) as assets,
    (select count(*)::int from ${rowsOf(ctx, risk, 'r')} where identified_on <= ${day}) as risks`.execute(
    ctx.tx,
  )
  const [row] = rows
  if (!row) throw new Error('counting gave no row')
  return row
}

/** What is there on the day asked about, of which every step says whether it is done. */
async function countsOf(ctx: Context, said: Onboarding): Promise<Counts> {
  const methods = (await allMethods(ctx)).filter((one) => one.draftedOn <= ctx.asOf)
  return {
    ...(await counted(ctx)),
    scope: said.scopeEntityIds.length + said.scopeServiceIds.length,
    methodDrafts: methods.filter((one) => one.withdrawn === null).length,
    methodsInForce: methodInForce(methods, ctx.asOf) === null ? 0 : 1,
  }
}

const count = z.int().min(0)

const countsSchema = z.strictObject({
  ...{ entities: count, services: count, scope: count, people: count, approvers: count },
  ...{ programmes: count, controls: count, methodDrafts: count, methodsInForce: count },
  ...{ assets: count, risks: count },
})

const answerSchema = onboarding.schema.omit({ version: true }).extend({
  /** 0 while nobody has said anything. */
  version: count,
  /** Null for who does not manage the whole organisation: its beginning is not their work. */
  progress: z
    .strictObject({
      counts: countsSchema,
      steps: z.array(z.strictObject({ key: z.enum(stepKeys), state: z.enum(stepStates) })),
      complete: z.boolean(),
    })
    .nullable(),
  abilities: z.array(z.string()),
})

export type OnboardingAnswer = z.output<typeof answerSchema>

export const getOnboarding: Query<Context, Record<string, never>, OnboardingAnswer> = {
  kind: 'query',
  noun: 'onboarding',
  action: 'read',
  input: z.strictObject({}),
  output: answerSchema,
  // Whoever manages a part is told that there is nothing for them, and is not refused on every visit of Home.
  scope: () => 'filtered',
  async run(ctx) {
    if (!ctx.can('onboarding.read', 'organisation'))
      return { ...nothingSaid(ctx.organisationId), progress: null, abilities: [] }
    const said = await onboardingOf(ctx)
    const counts = await countsOf(ctx, said)
    const steps = stepsOf(counts, said.skipped)
    return {
      ...said,
      progress: { counts, steps, complete: isComplete(steps) },
      abilities: ctx.can('onboarding.update', 'organisation') ? ['update'] : [],
    }
  },
}
