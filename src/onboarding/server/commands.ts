import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { entitiesById, servicesById } from '../../organisation/server/queries.ts'
import { type Onboarding, onboarding } from '../onboarding.ts'
import { stepKeys } from '../step.ts'
import { onboardingOf } from './queries.ts'

const input = onboarding.schema.omit({ id: true, putAwayOn: true }).extend({
  /** 0 where nothing was said before. */
  version: z.int().min(0),
  putAway: z.boolean(),
})

const unknown = (pointer: string, ids: readonly Id[], known: ReadonlyMap<Id, unknown>) =>
  ids.flatMap((id, index) =>
    known.has(id) ? [] : [fieldProblem(`${pointer}/${index}`, 'record.reference_unknown')],
  )

/** Keeps what was said about the beginning: the intended scope, what is skipped, and whether Home shows it. */
export const updateOnboarding: Command<Context, z.output<typeof input>, Onboarding> = {
  kind: 'command',
  noun: 'onboarding',
  action: 'update',
  input,
  output: onboarding.schema,
  scope: () => 'organisation',
  async run(ctx, { putAway, ...said }) {
    const before = await onboardingOf(ctx)
    refuseInvalid([
      ...unknown('/scopeEntityIds', said.scopeEntityIds, await entitiesById(ctx)),
      ...unknown('/scopeServiceIds', said.scopeServiceIds, await servicesById(ctx)),
    ])
    return save(ctx, onboarding, 'onboarding.updated', {
      id: ctx.organisationId,
      version: said.version,
      scopeEntityIds: [...new Set(said.scopeEntityIds)],
      scopeServiceIds: [...new Set(said.scopeServiceIds)],
      skipped: stepKeys.filter((key) => said.skipped.includes(key)),
      // Put away again, it keeps the day on which that was said first.
      putAwayOn: putAway ? (before.putAwayOn ?? ctx.today) : null,
    })
  },
}
