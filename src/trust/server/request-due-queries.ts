import { sql } from 'kysely'
import { answerDays } from '../../calendar/due.ts'
import type { DueSource } from '../../calendar/server/source.ts'
import { rowsOf } from '../../db/source.ts'
import { reportRequest } from '../report-request.ts'

/** Requests for reports that wait for a decision: due things of those who may decide. */
export const requestsDue: DueSource = (ctx, { leadDays }) => {
  const may = ctx.visible === null && ctx.permissions.includes('report_request.read')
  return sql`
  select 'request:' || r.id as subject, 'request' as kind,
    (r.requested_at at time zone 'UTC')::date + ${answerDays.request}::int as due, ${leadDays.request}::int as lead,
    jsonb_build_object('en', r.requester_company, 'ja', r.requester_company) as name, null::text as step,
    r.id as record_id, null::uuid as control_id, '{}'::uuid[] as entities, null::uuid as owner_id,
    '[]'::jsonb as programmes
  from ${rowsOf(ctx, reportRequest, 'r')}
  where ${may}::boolean and (r.state = 'waiting' or r.decided_at > (${ctx.asOf}::date + 1)::timestamptz)
    and (r.requested_at at time zone 'UTC')::date <= ${ctx.asOf}::date + 1`
}
