import { Button, Select } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import { useDay } from './columns.tsx'
import { MethodBody } from './MethodBody.tsx'
import { MethodCompared } from './MethodCompared.tsx'
import { riskMessages } from './messages.ts'
import { Pages } from './Pages.tsx'
import css from './risks.module.css'
import type { MethodAnswer, Methods, RiskAnswer } from './shapes.ts'

const MethodForm = lazy(() => import('./MethodForm.tsx'))
const SayForm = lazy(() => import('./SayForm.tsx'))

type Search = { version?: string; against?: string }

const stateTones: Record<MethodAnswer['state'], Tone> = {
  draft: 'partial',
  approved: 'met',
  superseded: 'none',
  withdrawn: 'none',
}

/** A version that was approved and whose day has not come is not in force yet. */
function MethodState({ one }: { one: MethodAnswer }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const day = useDay()
  if (one.state === 'approved' && one.effectiveFrom > day)
    return <State tone="accent">{t.method.later(format.shortDay(one.effectiveFrom))}</State>
  return <State tone={stateTones[one.state]}>{t.method.states[one.state]}</State>
}

/** How risks are judged: every version, what it says, and in what two of them differ. */
export function MethodPage() {
  const t = useWords(riskMessages)
  const read = useRead<Methods>('/api/risk-methods')
  return (
    <Page title={t.method.title} lead={t.method.lead} wide>
      <Pages here="method" />
      <Loaded read={read}>{(methods) => <Versions methods={methods} />}</Loaded>
    </Page>
  )
}

function Versions({ methods }: { methods: Methods }) {
  const t = useWords(riskMessages)
  const past = useIsPast()
  const navigate = useNavigate()
  const format = useFormat()
  const { version, against }: Search = useSearch({ strict: false })
  const { open, show } = useOpen<'draft' | 'edit' | 'withdraw'>()
  const shown =
    methods.items.find((one) => one.id === version) ??
    methods.items.find((one) => one.inForce) ??
    methods.items[0]
  const other = methods.items.find((one) => one.id === against && one.id !== shown?.id)
  const start = useChange(() => call('POST', '/api/risk-methods/start', { body: {} }))
  const mayDraft = !past && methods.abilities.includes('draft')
  const go = (part: { version?: string; against?: string | undefined }) =>
    navigate({ to: '.', search: (before: object) => ({ ...before, ...part }) })
  if (shown === undefined)
    return (
      <>
        {start.error ? <Failure error={start.error} /> : null}
        <Empty
          title={t.method.empty}
          action={
            mayDraft ? (
              <Button onClick={() => start.mutate(undefined)} loading={start.isPending}>
                {t.method.start}
              </Button>
            ) : null
          }
        >
          {t.method.startText}
        </Empty>
      </>
    )
  return (
    <div className={css.versions}>
      <nav aria-label={t.method.versions}>
        <ul>
          {methods.items.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === shown.id}
                onClick={() => go({ version: one.id, against: undefined })}
              >
                {t.version(format.number(one.number))}
                <MethodState one={one} />
              </button>
            </li>
          ))}
        </ul>
        {methods.items.length > 1 ? (
          <Select
            mt="md"
            label={t.method.compare}
            data={[
              { value: '', label: t.method.nothing },
              ...methods.items
                .filter((one) => one.id !== shown.id)
                .map((one) => ({ value: one.id, label: t.version(format.number(one.number)) })),
            ]}
            value={other?.id ?? ''}
            onChange={(id) => go(id ? { against: id } : { against: undefined })}
          />
        ) : null}
        {mayDraft ? (
          <Button mt="md" variant="default" leftSection={<Icon name="plus" />} onClick={() => show('draft')}>
            {t.method.draft}
          </Button>
        ) : null}
      </nav>
      <div>
        <Head one={shown} onEdit={() => show('edit')} onWithdraw={() => show('withdraw')} />
        {other ? <MethodCompared before={other} after={shown} /> : <MethodBody method={shown} />}
      </div>
      <Suspense fallback={null}>
        {open === 'draft' && mayDraft ? (
          <MethodForm method={null} base={shown} onClose={() => show()} />
        ) : null}
        {open === 'edit' && !past && shown.abilities.includes('draft') ? (
          <MethodForm method={shown} base={shown} onClose={() => show()} />
        ) : null}
        {open === 'withdraw' && !past && shown.abilities.includes('withdraw') ? (
          <SayForm
            title={t.method.withdrawTitle(format.number(shown.number))}
            {...{ text: t.method.withdrawText, save: t.method.withdraw.replace('…', ''), field: 'reason' }}
            label={t.reason}
            danger
            path={`/api/risk-methods/${shown.id}/withdraw`}
            version={shown.version}
            onClose={() => show()}
          />
        ) : null}
      </Suspense>
    </div>
  )
}

type HeadProps = { one: MethodAnswer; onEdit: () => void; onWithdraw: () => void }

/** What can be done with a version, and what stands between it and being in force. */
function Head({ one, onEdit, onWithdraw }: HeadProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const past = useIsPast()
  const approve = useChange(() =>
    call('POST', `/api/risk-methods/${one.id}/approve`, { body: {}, version: one.version }),
  )
  const may = (ability: string) => !past && one.abilities.includes(ability)
  const unreachable = one.bands.filter((band) => one.unreachable.includes(band.key))
  return (
    <>
      {approve.error ? <Failure error={approve.error} /> : null}
      {one.state === 'draft' && one.unreviewed ? (
        <Notice tone="partial" calm>
          <strong>{t.method.unreviewed}.</strong> {t.method.unreviewedText}
        </Notice>
      ) : null}
      {unreachable.length > 0 ? (
        <Notice tone="partial" calm>
          {t.method.unreachable(format.list(unreachable.map((band) => format.text(band.name))))}
        </Notice>
      ) : null}
      {one.inForce ? <ToReassess /> : null}
      <div className={css.buttons} style={{ marginBottom: 16 }}>
        {may('approve') ? (
          <Button onClick={() => approve.mutate(undefined)} loading={approve.isPending}>
            {t.method.approve}
          </Button>
        ) : null}
        {may('draft') ? (
          <Button variant="default" leftSection={<Icon name="pencil" />} onClick={onEdit}>
            {t.method.edit}
          </Button>
        ) : null}
        {may('withdraw') ? (
          <Button variant="default" onClick={onWithdraw}>
            {t.method.withdraw}
          </Button>
        ) : null}
        {one.state === 'draft' && !may('approve') ? <span className="quiet">{t.method.waits}</span> : null}
      </div>
    </>
  )
}

/** Work that a new version leaves: nothing is converted in silence. */
function ToReassess() {
  const t = useWords(riskMessages)
  const format = useFormat()
  const read = useRead<{ items: RiskAnswer[]; total: number }>('/api/risks', { outdated: 'yes', limit: 1 })
  const total = read.data?.total ?? 0
  if (total === 0) return null
  return (
    <Notice
      tone="partial"
      calm
      action={
        <Link to="/app/risks" search={(before: object) => ({ ...before, outdated: 'yes' })}>
          {t.method.showOutdated}
        </Link>
      }
    >
      {t.method.toReassess(format.number(total))}
    </Notice>
  )
}
