import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { type NamedDocument, namedDocument } from '../../documented-information/named-document.ts'
import { allServices } from '../../organisation/server/queries.ts'
import type { Programme } from '../../programmes/programme.ts'
import { scopeOfProgramme } from '../../programmes/server/queries.ts'
import type { Asked, ComputedDue } from './source.ts'

/** Documents in use on the day asked about. */
const inUse = (ctx: Context) => sql`
  select * from ${rowsOf(ctx, namedDocument, 'd')}
  where issued_on <= ${ctx.asOf}::date and coalesce(withdrawn ->> 'on' > ${ctx.asOf}, true)`

/**
 * Documents that are current until a day, for whoever owns their programme to review (ISO/IEC 27001 7.5.2 c). One beside which
 * another serves the same duty for longer asks for nothing.
 */
export async function documentReviewsDue(
  ctx: Context,
  { leadDays, reached, actorId }: Asked,
  programmes: readonly Programme[],
): Promise<ComputedDue[]> {
  const { rows } = await sql<NamedDocument & { reviewBy: string }>`
    with used as (${inUse(ctx)})
    select * from used where review_by is not null and not exists (
      select 1 from used as other where other.programme_id = used.programme_id and other.duty = used.duty
        and other.id <> used.id and coalesce(other.review_by > used.review_by, true))
    order by review_by, id`.execute(ctx.tx)
  if (rows.length === 0) return []
  const services = await allServices(ctx)
  const byId = new Map(programmes.map((one) => [one.id, one]))
  return rows.flatMap((one): ComputedDue[] => {
    const its = byId.get(one.programmeId)
    const scope = its ? scopeOfProgramme(its, services) : 'organisation'
    const entities = scope === 'organisation' ? [] : scope.entities
    const isSeen = reached === null || its?.ownerId === actorId || entities.some((id) => reached.includes(id))
    if (!isSeen) return []
    return [
      {
        ...{ subject: `document-review:${one.id}`, kind: 'document-review', due: one.reviewBy },
        ...{ lead: leadDays['document-review'], name: one.name, step: null, recordId: one.id, entities },
        ...{ ownerId: its?.ownerId ?? null, programmes: [one.programmeId] },
      },
    ]
  })
}
