import type { Kept } from '../../context/kept.ts'
import { reviewDueOn } from '../../context/kept.ts'
import { issuesOn, obligationsOn, partiesOn } from '../../context/server/queries.ts'
import type { Context } from '../../db/context.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { objectivesOn } from '../../objectives/server/queries.ts'
import type { Asked, ComputedDue } from './source.ts'

type Placed = { entityIds: readonly Id[]; ownerId: Id | null }

/** What is of all entities is shown to those who see all of them, and to whoever keeps it. */
const isSeen = ({ entityIds, ownerId }: Placed, { reached, actorId }: Asked): boolean =>
  reached === null ||
  entityIds.some((id) => reached.includes(id)) ||
  (ownerId !== null && ownerId === actorId)

type Named = Kept & { name: LocalText }

/** Parties, issues and obligations that are to be looked at again: three queries and arithmetic. */
export async function contextReviewsDue(ctx: Context, asked: Asked): Promise<ComputedDue[]> {
  const lists: [string, readonly Named[]][] = [
    ['parties', await partiesOn(ctx, ctx.asOf)],
    ['issues', await issuesOn(ctx, ctx.asOf)],
    ['obligations', await obligationsOn(ctx, ctx.asOf)],
  ]
  return lists.flatMap(([list, all]) =>
    all.flatMap((one): ComputedDue[] => {
      const due = reviewDueOn(one, ctx.asOf)
      if (due === null || !isSeen(one, asked)) return []
      return [
        {
          subject: `context-review:${one.id}:${list}`,
          ...{ kind: 'context-review', due, lead: asked.leadDays['context-review'], name: one.name },
          ...{ step: null, recordId: one.id, entities: one.entityIds, ownerId: one.ownerId, programmes: [] },
        },
      ]
    }),
  )
}

/** Objectives whose measure is to be read (9.1 c); whoever measures is asked, or else the owner. */
export async function readingsDue(ctx: Context, asked: Asked): Promise<ComputedDue[]> {
  return (await objectivesOn(ctx, ctx.asOf)).flatMap(({ objective: one, standing }): ComputedDue[] => {
    const ownerId = one.measure.measuredById ?? one.ownerId
    if (standing.readingDue === null || !isSeen({ ...one, ownerId }, asked)) return []
    return [
      {
        ...{ subject: `reading:${one.id}`, kind: 'reading', due: standing.readingDue },
        ...{ lead: asked.leadDays.reading, name: one.name, step: null, recordId: one.id },
        ...{ entities: one.entityIds, ownerId, programmes: one.programmeIds },
      },
    ]
  })
}
