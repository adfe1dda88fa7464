import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'

/**
 * How well the organisation's records are proven: 1 once its log is sealed by a signed checkpoint, 0 before. What was
 * written a moment ago is sealed a moment later, so that this says how the log is kept, not which second it is.
 */
export async function integrityOf(ctx: Context): Promise<0 | 1> {
  const { rows } = await sql<{ sealed: boolean }>`
    select exists (select 1 from log_checkpoint where organisation_id = ${ctx.organisationId}::uuid) as sealed`.execute(
    ctx.tx,
  )
  return rows[0]?.sealed ? 1 : 0
}
