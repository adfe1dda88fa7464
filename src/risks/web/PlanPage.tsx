import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { usePlaces } from '../../controls/web/names.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useEntityScope, useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { useLanguage } from '../../web/i18n/language.tsx'
import { Bones, Empty } from '../../web/ui/Empty.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { Band } from './Band.tsx'
import { riskMessages } from './messages.ts'
import { money } from './money.ts'
import { Pages } from './Pages.tsx'
import css from './risks.module.css'
import type { Plan, PlanLine } from './shapes.ts'

const states = ['open', 'overdue', 'done', 'all'] as const

type PlanSearch = { plan?: string; who?: string; at?: string }

/** The treatment plan over all risks, as of the day in view. */
export function PlanPage() {
  const t = useWords(riskMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const places = usePlaces()
  const scope = useEntityScope()
  const times = useTimes()
  const { language } = useLanguage()
  const search: PlanSearch = useSearch({ strict: false })
  const state = states.find((one) => one === search.plan) ?? 'open'
  const query = { state, owner: search.who, entity: search.at ?? scope, ...times }
  const read = useInfiniteQuery({
    queryKey: ['/api/risks/treatment', query, language],
    queryFn: ({ pageParam, signal }) =>
      call<Plan>('GET', '/api/risks/treatment', {
        query: { ...query, limit: 200, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  })
  const go = (part: Partial<Record<keyof PlanSearch, string | undefined>>) =>
    navigate({ to: '.', search: (before: object) => ({ ...before, ...part }) })
  const first = read.data?.pages[0]
  const lines = read.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Page
      title={t.plans.title}
      lead={t.plans.lead}
      wide
      beside={first ? <Count>{format.number(first.total)}</Count> : null}
    >
      <Pages here="plan" />
      <div className={css.filters}>
        <SegmentedControl
          aria-label={t.plans.state}
          data={states.map((one) => ({ value: one, label: t.plans.states[one] }))}
          value={state}
          onChange={(plan) => go({ plan })}
        />
        <PersonSelect
          label={t.plans.who}
          anybody={t.plans.everybody}
          withLeft
          value={search.who ?? null}
          onChange={(who) => go({ who: who ?? undefined })}
        />
        <ChoiceField
          label={t.entity}
          value={search.at ?? scope ?? ''}
          options={[
            { value: '', label: t.everyEntity },
            ...places.entities.map((one) => ({ value: one.id, label: format.text(one.name) })),
          ]}
          onChange={(at) => go({ at: at || undefined })}
        />
      </div>
      {read.isError ? <Failure error={read.error} /> : null}
      {first ? (
        <>
          <Totals plan={first} />
          {first.counts.open + first.counts.done === 0 ? (
            <Empty title={t.plans.empty} action={<Link to="/app/risks">{t.title}</Link>}>
              {t.plans.emptyText}
            </Empty>
          ) : lines.length === 0 ? (
            <p className="quiet">{t.plans.noMatch}</p>
          ) : (
            <Lines lines={lines} />
          )}
          {read.hasNextPage ? (
            <Button variant="default" mt="md" onClick={() => read.fetchNextPage()}>
              {t.plans.more}
            </Button>
          ) : null}
        </>
      ) : (
        <Bones label={t.plans.title} />
      )}
    </Page>
  )
}

/** How much is open, late and done, and what it costs in each currency. */
function Totals({ plan }: { plan: Plan }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  return (
    <dl className={css.totals}>
      {(['open', 'overdue', 'done'] as const).map((one) => (
        <div key={one}>
          <dt>{t.plans.counts[one]}</dt>
          <dd className={one === 'overdue' && plan.counts.overdue > 0 ? css.late : undefined}>
            {format.number(plan.counts[one])}
          </dd>
        </div>
      ))}
      {plan.costs.map((one) => (
        <div key={one.currency}>
          <dt>{t.plans.costs(one.currency)}</dt>
          <dd>
            {money(one.planned, one.currency, format.language)}
            {one.done > 0 ? (
              <small>{t.plans.ofDone(money(one.done, one.currency, format.language))}</small>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Lines({ lines }: { lines: readonly PlanLine[] }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  return (
    <Plain
      caption={t.plans.title}
      head={[t.plans.action, t.plans.risk, t.level, t.plans.who, t.plans.due, t.plans.done, t.plans.cost]}
    >
      {lines.map((line) => (
        <tr key={`${line.risk.id} ${line.key}`}>
          <th scope="row">{format.text(line.name)}</th>
          <td>
            <Link
              to="/app/risks/$id"
              params={{ id: line.risk.id }}
              search={(before: object) => ({ ...before, tab: 'treatment' })}
            >
              <code>{line.risk.code}</code> {format.text(line.risk.name)}
            </Link>
          </td>
          <td>
            <Band rating={line.risk.residual} />
          </td>
          <td className={css.whole}>
            {line.owner ? format.text(line.owner.name) : <span className="quiet">{t.nobody}</span>}
          </td>
          <td className={`${css.whole} ${line.overdue ? css.late : ''}`}>
            {format.shortDay(line.dueOn)}
            {line.overdue ? ` · ${t.plans.late}` : ''}
          </td>
          <td className={css.whole}>{line.doneOn ? format.shortDay(line.doneOn) : '—'}</td>
          <td className={`${css.whole} tabular`}>
            {line.cost ? money(line.cost.amount, line.cost.currency, format.language) : '—'}
          </td>
        </tr>
      ))}
    </Plain>
  )
}
