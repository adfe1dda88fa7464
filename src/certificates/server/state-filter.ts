import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../db/context.ts'

type Wanted = 'active' | 'suspended' | 'withdrawn' | 'expired' | 'planned'

/**
 * The state of a certificate on a day as a condition of SQL, for filtering registers of any size. Says the same as
 * `stateOn()` (a test compares them on random certificates), with lapsed-restorable counted as expired and in-audit
 * as planned.
 */
export function stateFilter(ctx: Context, wanted: Wanted): RawBuilder<boolean> {
  const day = ctx.asOf
  const schemes = [...ctx.catalogue.schemes.values()].map((scheme) => ({
    key: scheme.key,
    from: scheme.validityFrom,
    months: scheme.reportUse ? scheme.reportUse.maxAgeMonths : scheme.validityMonths,
    bridge: scheme.reportUse ? scheme.reportUse.bridgeMonths : 0,
    report: scheme.reportUse !== null,
  }))
  const state = sql`(
    select case
      when standing.kind = 'withdrawal' and standing.day >= coalesce(term.start, '') then 'withdrawn'
      when standing.kind = 'suspension' and standing.day >= coalesce(term.start, '') then 'suspended'
      when term.start is null then 'planned'
      when coalesce(term.value ->> 'expiryDate', rule.ends) < ${day} then 'expired'
      else 'active' end
    from (select 1) as one
    left join lateral (
      select value, start from (
        select t.value, coalesce(t.value ->> 'effectiveDate', t.value ->> 'decisionDate', t.value ->> 'issueDate',
          t.value -> 'pci' ->> 'aocDate', t.value -> 'report' ->> 'periodTo', t.value -> 'report' ->> 'asOfDate') as start, t.ordinality
        from jsonb_array_elements(terms) with ordinality as t(value, ordinality)
        where t.value -> 'pci' ->> 'result' is distinct from 'non-compliant'
      ) as begun where start <= ${day} order by start desc, ordinality desc limit 1
    ) as term on true
    left join lateral (
      select e.value ->> 'kind' as kind, e.value ->> 'on' as day
      from jsonb_array_elements(events) with ordinality as e(value, ordinality)
      where e.value ->> 'on' <= ${day} and e.value ->> 'kind' in ('suspension', 'reinstatement', 'withdrawal', 'restoration')
      order by e.value ->> 'on' desc, e.ordinality desc limit 1
    ) as standing on true
    left join lateral (
      select to_char((coalesce(
          case s."from"
            when 'period-end' then coalesce(term.value -> 'report' ->> 'periodTo', term.value -> 'report' ->> 'asOfDate')
            when 'decision' then term.value ->> 'decisionDate'
            else coalesce(term.value -> 'pci' ->> 'aocDate', term.value ->> 'issueDate') end,
          term.start)::date
        + make_interval(months => s.months + case when exists (
            select 1 from jsonb_array_elements(events) as b
            where s.report and b ->> 'kind' = 'bridge-letter' and b ->> 'on' <= ${day} and b ->> 'on' > term.value -> 'report' ->> 'periodTo'
          ) then s.bridge else 0 end)
        - case when s.report then interval '0 days' else interval '1 day' end), 'YYYY-MM-DD') as ends
      from jsonb_to_recordset(${JSON.stringify(schemes)}::jsonb) as s(key text, "from" text, months int, bridge int, report boolean)
      where s.key = scheme and s.months is not null
    ) as rule on true
  )`
  return sql<boolean>`${state} = ${wanted}`
}
