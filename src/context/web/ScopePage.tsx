import { Button, Modal } from '@mantine/core'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { RecordHistory } from '../../log/web/RecordHistory.tsx'
import { type ProgrammeNames, useProgrammeNames } from '../../programmes/web/names.ts'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Facts } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './context.module.css'
import { ScopeBody } from './ScopeBody.tsx'
import { ScopeCompared } from './ScopeCompared.tsx'
import { scopeMessages } from './scope-messages.ts'
import { scopeTones } from './scope-tones.ts'
import type { ScopeAnswer, ScopeVersion } from './shapes.ts'
import { VersionList } from './VersionList.tsx'

const ScopeForm = lazy(() => import('./ScopeForm.tsx'))
const WithdrawForm = lazy(() => import('./WithdrawForm.tsx'))

export function ScopePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<ScopeAnswer>(`/api/programmes/${id}/scope`)
  return <Loaded read={read}>{(scope) => <Record scope={scope} />}</Loaded>
}

type Open = 'new' | 'edit' | 'approve' | 'withdraw' | null

/** The scope statement of one programme: the version in view, how true it is, and all its versions. */
function Record({ scope }: { scope: ScopeAnswer }) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const names = useProgrammeNames()
  const past = useIsPast()
  const [open, setOpen] = useState<Open>(null)
  const { version }: { version?: string } = useSearch({ strict: false })
  const shown =
    scope.versions.find((one) => one.id === version) ??
    scope.versions.find((one) => one.id === scope.inForceId) ??
    scope.versions[0] ??
    null
  const can = (ability: string) => !past && (shown?.abilities.includes(ability) ?? false)
  const begin =
    !past && scope.abilities.includes('draft') ? (
      <Button leftSection={<Icon name="plus" />} onClick={() => setOpen('new')}>
        {scope.versions.length === 0 ? t.begin : t.next}
      </Button>
    ) : null
  const close = () => setOpen(null)
  return (
    <Page
      title={`${t.title}: ${format.text(scope.programme.name)}`}
      wide
      above={
        <Link to="/app/context" search={{ tab: 'scope' }}>
          {t.context}
        </Link>
      }
      beside={shown ? <State tone={scopeTones[shown.state]}>{t.states[shown.state]}</State> : null}
      actions={
        <>
          {can('withdraw') ? (
            <Button variant="default" onClick={() => setOpen('withdraw')}>
              {t.withdraw}
            </Button>
          ) : null}
          {can('edit') ? (
            <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => setOpen('edit')}>
              {t.edit}
            </Button>
          ) : null}
          {can('approve') ? <Button onClick={() => setOpen('approve')}>{t.approve}</Button> : null}
          {begin}
        </>
      }
    >
      {scope.drift ? <Drifted drift={scope.drift} names={names} /> : null}
      {shown?.state === 'draft' && can('edit') && !can('approve') ? (
        <Notice tone="unknown" calm>
          {t.waits}
        </Notice>
      ) : null}
      {shown ? (
        <Shown scope={scope} shown={shown} names={names} />
      ) : (
        <Empty title={t.noVersions} action={begin}>
          {t.noVersionsText}
        </Empty>
      )}
      <Suspense fallback={null}>
        {names.ready && (open === 'new' || (open === 'edit' && shown)) ? (
          <ScopeForm scope={scope} one={open === 'edit' ? shown : null} names={names} onClose={close} />
        ) : null}
        {open === 'withdraw' && shown ? <WithdrawForm one={shown} onClose={close} /> : null}
      </Suspense>
      {open === 'approve' && shown ? <Approve one={shown} onClose={close} /> : null}
    </Page>
  )
}

type ShownProps = { scope: ScopeAnswer; shown: ScopeVersion; names: ProgrammeNames }

function Shown({ scope, shown, names }: ShownProps) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const { against }: { against?: string } = useSearch({ strict: false })
  const other = scope.versions.find((one) => one.id === against && one.id !== shown.id)
  const { approval, approver, withdrawn } = shown
  return (
    <>
      <Facts
        facts={[
          { label: t.versions, value: t.version(format.number(shown.number)) },
          { label: t.effectiveFrom, value: format.day(shown.effectiveFrom) },
          { label: t.authors, value: format.list(shown.authors.map((one) => format.text(one.name))) || '—' },
          { label: t.draftedOn, value: format.day(shown.draftedOn) },
          {
            label: t.approved,
            value:
              approval && approver
                ? t.approvedBy(format.text(approver.name), format.day(approval.on))
                : t.notApproved,
          },
        ]}
      />
      {withdrawn ? (
        <Notice tone="partial" calm>
          {t.withdrawn(format.day(withdrawn.on), withdrawn.reason)}
        </Notice>
      ) : null}
      <div className={css.columns}>
        <div>
          {other ? (
            <ScopeCompared before={other} after={shown} names={names} />
          ) : (
            <ScopeBody one={shown} names={names} />
          )}
          <Section title={t.history}>
            <RecordHistory noun="scope-statement" id={shown.id} />
          </Section>
        </div>
        <VersionList versions={scope.versions} shown={shown} against={other?.id ?? null} />
      </div>
    </>
  )
}

type DriftedProps = { drift: NonNullable<ScopeAnswer['drift']>; names: ProgrammeNames }

/** What the programme has in scope now and the statement does not say, and the other way round. */
function Drifted({ drift, names }: DriftedProps) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const of = (kind: 'added' | 'removed') =>
    format.list([...drift.entities[kind].map(names.entity), ...drift.services[kind].map(names.service)])
  const [added, removed] = [of('added'), of('removed')]
  return (
    <Notice tone="partial" calm>
      <b>{t.driftTitle}.</b> {added ? t.driftAdded(added) : null} {removed ? t.driftRemoved(removed) : null}
    </Notice>
  )
}

/** Asks before a version is settled for good. */
function Approve({ one, onClose }: { one: ScopeVersion; onClose: () => void }) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const approve = useChange(() =>
    call('POST', `/api/scope-statements/${one.id}/approve`, { body: {}, version: one.version }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.approveTitle(format.number(one.number))}
      closeButtonProps={{ 'aria-label': t.cancel }}
    >
      {approve.error ? <Failure error={approve.error} /> : null}
      <p>{t.approveText}</p>
      <div className={css.buttons}>
        <Button
          loading={approve.isPending}
          onClick={() => approve.mutate(undefined, { onSuccess: onClose })}
          data-autofocus
        >
          {t.approve}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
    </Modal>
  )
}
