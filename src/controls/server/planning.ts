import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Day } from '../../kernel/day.ts'
import { type Id, newId } from '../../kernel/id.ts'
import type { Implementation } from '../implementation.ts'
import { type Occurrence, occurrence } from '../occurrence.ts'
import { replanned } from '../plan.ts'

/** Occurrences that a plan from a day on can touch: those whose period has not ended by then. */
async function planOf(ctx: Context, ids: readonly Id[], from: Day): Promise<Map<Id, Occurrence[]>> {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, occurrence, 'o'))
    .selectAll()
    .where('implementationId', 'in', [...ids])
    .where('periodTo', '>=', from)
    .orderBy('periodFrom')
    .execute()
  return Map.groupBy(rows, (row) => row.implementationId)
}

/**
 * Brings the plan of some implementations up to what they promise from a day on: two queries and the writing, whatever
 * their number. Planning again changes nothing.
 */
export async function planFor(
  ctx: Context,
  implementations: readonly Implementation[],
  from: Day = ctx.today,
): Promise<{ added: number; cancelled: number }> {
  if (implementations.length === 0) return { added: 0, cancelled: 0 }
  const planned = await planOf(
    ctx,
    implementations.map((one) => one.id),
    from,
  )
  const changes = implementations.map((one) => ({
    one,
    ...replanned(one, planned.get(one.id) ?? [], from, ctx.today),
  }))
  const cancelled = changes.flatMap(({ cancel }) =>
    cancel.map((each) => ({
      ...each,
      cancelled: {
        reason: 'The implementation changed its rhythm, or no longer operates then.',
        on: ctx.today,
      },
    })),
  )
  const added = changes.flatMap(({ one, add }) =>
    add.map(
      (period): Occurrence => ({
        id: newId(ctx.random),
        version: 0,
        implementationId: one.id,
        periodFrom: period.from,
        periodTo: period.to,
        dueBy: period.dueBy,
        plannedOn: ctx.today,
        trigger: null,
        attempts: [],
        missed: null,
        cancelled: null,
      }),
    ),
  )
  // What is taken off first gives its place on the calendar to what is put on.
  await saveAll(ctx, occurrence, 'occurrence.cancelled', cancelled)
  await saveAll(ctx, occurrence, 'occurrence.planned', added)
  return { added: added.length, cancelled: cancelled.length }
}
