import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'

import { holdsOn } from '../../kernel/interval.ts'
import { keeperSchema, keepersNamed } from '../../people/server/name-queries.ts'
import { reachedEntities } from '../../programmes/server/reach-queries.ts'
import { holdersOn, type IsmsRole, ismsRole, requiredDuties, roleGapsOn } from '../isms-role.ts'
import { leavers } from './queries.ts'

const shownHolder = z.strictObject({
  person: keeperSchema.nullable(),
  deputy: keeperSchema.nullable(),
  since: daySchema.nullable(),
})

const roleAnswer = ismsRole.schema.extend({
  /** Who holds it on the day asked about. */
  holding: z.array(shownHolder),
  /** Everybody named in it ever. */
  people: z.array(keeperSchema),
  standing: z.boolean(),
  gap: z.enum(['vacant', 'left']).nullable(),
  abilities: z.array(z.string()),
})

const answerSchema = z.strictObject({
  items: z.array(roleAnswer),
  /** Duties of 5.3 that no role with a holder has. */
  unassigned: z.array(z.enum(requiredDuties)),
  abilities: z.array(z.string()),
})

export type RoleAnswer = z.output<typeof roleAnswer>

function isShown(one: IsmsRole, reached: readonly string[] | null): boolean {
  return one.entityId === null || reached === null || reached.includes(one.entityId)
}

/** The roles of the management system and who holds them on the day asked about: a dozen or two, in one answer. */
export const listRoles: Query<Context, Record<string, never>, z.output<typeof answerSchema>> = {
  kind: 'query',
  noun: 'isms-role',
  action: 'read',
  input: z.strictObject({}),
  output: answerSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const reached = await reachedEntities(ctx)
    const all = [...(await everyOf(ctx, ismsRole)).values()].sort((a, b) => (a.key < b.key ? -1 : 1))
    const left = await leavers(ctx, ctx.asOf)
    const gaps = roleGapsOn(all, ctx.asOf, (id) => left.has(id))
    const named = await keepersNamed(
      ctx,
      all.flatMap((one) => one.holders.flatMap((holder) => [holder.personId, holder.deputyId])),
    )
    const items = all
      .filter((one) => isShown(one, reached))
      .map((one) => ({
        ...one,
        holding: holdersOn(one, ctx.asOf).map(({ personId, deputyId, from }) => ({
          person: named(personId),
          deputy: named(deputyId),
          since: from,
        })),
        people: [...new Set(one.holders.flatMap((each) => [each.personId, each.deputyId]))].flatMap(
          (id) => named(id) ?? [],
        ),
        standing: holdsOn(one, ctx.asOf),
        gap: gapOf(gaps.find((gap) => gap.roleId === one.id)?.kind),
        abilities: ctx.can(
          'isms-role.update',
          one.entityId === null ? 'organisation' : { entities: [one.entityId] },
        )
          ? ['update']
          : [],
      }))
    return {
      items,
      unassigned: gaps.flatMap((gap) => gap.duty ?? []),
      abilities: ctx.can('isms-role.create', 'organisation') ? ['create'] : [],
    }
  },
}

const gapOf = (kind: string | undefined): 'vacant' | 'left' | null =>
  kind === 'vacant' || kind === 'left' ? kind : null
