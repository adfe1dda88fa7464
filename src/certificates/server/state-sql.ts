import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { certificate } from '../certificate.ts'
import { type CertificateState, certificateStates } from '../cycle.ts'

/** The day from which a term counts: `termStart()`. */
const startOf = (term: string) =>
  sql.raw(`coalesce(${term} ->> 'effectiveDate', ${term} ->> 'decisionDate', ${term} ->> 'issueDate',
    ${term} -> 'pci' ->> 'aocDate', ${term} -> 'report' ->> 'periodTo', ${term} -> 'report' ->> 'asOfDate')`)

const certifies = (term: string) => sql.raw(`${term} -> 'pci' ->> 'result' is distinct from 'non-compliant'`)

/** What the catalogue says about each scheme, by its key: looked up, never joined. */
function schemeRules(ctx: Context): RawBuilder<unknown> {
  const rules = [...ctx.catalogue.schemes.values()].map((scheme) => [
    scheme.key,
    {
      from: scheme.validityFrom,
      months: scheme.reportUse ? scheme.reportUse.maxAgeMonths : scheme.validityMonths,
      bridge: scheme.reportUse?.bridgeMonths ?? 0,
      // A report is in use through its last day; any other term ends on the day before its anniversary.
      less: scheme.reportUse ? 0 : 1,
      restorable: scheme.cycle.restorableMonths,
    },
  ])
  return sql`(${JSON.stringify(Object.fromEntries(rules))}::jsonb -> scheme)`
}

/** Ids of the certificates in whose place a successor counts by the day: `successionsOf()`. Few, and read once. */
const succeeded = (ctx: Context) => sql`
  select named.id::uuid from ${rowsOf(ctx, certificate, 'successor')}
  cross join lateral jsonb_array_elements_text(successor.predecessors) as named(id)
  where successor.predecessors <> '[]' and exists (
    select 1 from jsonb_array_elements(successor.terms) as t(value)
    where ${certifies('t.value')} and ${startOf('t.value')} <= ${ctx.asOf})`

/** The months that a bridge letter adds to a report: `isBridged()`. */
const bridged = (day: string) => sql`
  case when (rule ->> 'bridge')::int > 0 and events <> '[]' and exists (
    select 1 from jsonb_array_elements(events) as letter
    where letter ->> 'kind' = 'bridge-letter' and letter ->> 'on' <= ${day}
      and letter ->> 'on' > term.value -> 'report' ->> 'periodTo'
      and not exists (
        select 1 from jsonb_array_elements(terms) as other
        where other -> 'report' ->> 'periodTo' > term.value -> 'report' ->> 'periodTo'
          and other -> 'report' ->> 'periodTo' < letter ->> 'on')
  ) then (rule ->> 'bridge')::int else 0 end`

/**
 * The state of a certificate on the reader's day as its place among {@link certificateStates}, a single figure, for
 * filtering and sorting registers of any size. Says the same as `stateOn()`: a test compares them on random
 * certificates.
 */
export function stateRank(ctx: Context): RawBuilder<string> {
  const day = ctx.asOf
  const rank = (state: CertificateState) => sql.lit(String(certificateStates.indexOf(state)))
  return sql<string>`(
    select case
      when standing.kind = 'withdrawal' and standing.day >= coalesce(term.start, '') then ${rank('withdrawn')}
      when id in (${succeeded(ctx)}) then ${rank('superseded')}
      when standing.kind = 'suspension' and standing.day >= coalesce(term.start, '') then ${rank('suspended')}
      when term.start is null then
        case when events <> '[]' and exists (
          select 1 from jsonb_array_elements(events) as audit
          where audit ->> 'kind' in ('stage-1', 'stage-2') and audit ->> 'on' <= ${day}
        ) then ${rank('in-audit')} else ${rank('planned')} end
      when term.last is null or term.last >= ${day} then ${rank('active')}
      when (term.last::date + make_interval(months => (rule ->> 'restorable')::int))::date >= ${day}::date
        then ${rank('lapsed-restorable')}
      else ${rank('expired')} end
    from (select ${schemeRules(ctx)} as rule offset 0) as one
    left join lateral (
      select value, start, coalesce(value ->> 'expiryDate', to_char(coalesce(
          case rule ->> 'from'
            when 'period-end' then coalesce(value -> 'report' ->> 'periodTo', value -> 'report' ->> 'asOfDate')
            when 'decision' then value ->> 'decisionDate'
            else coalesce(value -> 'pci' ->> 'aocDate', value ->> 'issueDate') end,
          start)::date
        + make_interval(months => (rule ->> 'months')::int + ${bridged(day)}, days => -(rule ->> 'less')::int),
        'YYYY-MM-DD')) as last
      from (
        select t.value, ${startOf('t.value')} as start from jsonb_array_elements(terms) with ordinality as t(value, at)
        where ${certifies('t.value')} and ${startOf('t.value')} <= ${day}
        order by start desc, t.at desc limit 1
      ) as term
    ) as term on true
    left join lateral (
      select e.value ->> 'kind' as kind, e.value ->> 'on' as day
      from jsonb_array_elements(events) with ordinality as e(value, at)
      where events <> '[]' and e.value ->> 'on' <= ${day}
        and e.value ->> 'kind' in ('suspension', 'reinstatement', 'withdrawal', 'restoration')
      order by e.value ->> 'on' desc, e.at desc limit 1
    ) as standing on true
  )`
}

/** Certificates in a state on the reader's day. */
export const inState = (ctx: Context, state: CertificateState): RawBuilder<boolean> =>
  sql<boolean>`${stateRank(ctx)} = ${String(certificateStates.indexOf(state))}`
