import { Button, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { usePlaces } from '../../controls/web/names.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { ApprovedNoun } from '../due.ts'
import type { Arranging } from './ArrangeForm.tsx'
import css from './calendar.module.css'
import { calendarMessages } from './messages.ts'
import type { DueThing } from './shapes.ts'

// Comes when it is opened: most visits only read.
const ArrangeForm = lazy(async () => ({ default: (await import('./ArrangeForm.tsx')).ArrangeForm }))

export const toneOf: Record<DueThing['state'], Tone> = {
  overdue: 'failing',
  'due-soon': 'partial',
  upcoming: 'none',
}

type Target = { to: string; params: Record<string, string>; search?: Record<string, string> }

const documentsOf = ({ programmes: [programme = ''] }: DueThing): Target => ({
  ...{ to: '/app/documented-information', params: {}, search: { programme } },
})

/** The page on which a version is read and approved. */
function versionOf(one: DueThing): Target {
  const { subject, recordId } = one
  const [programme = ''] = one.programmes
  switch (subject.split(':')[2] as ApprovedNoun) {
    case 'soa':
      return { to: '/app/soa/versions/$id', params: { id: recordId } }
    case 'scope-statement':
      return { to: '/app/context/scope/$id', params: { id: programme }, search: { version: recordId } }
    case 'risk-method':
      return { to: '/app/risks/method', params: {}, search: { version: recordId } }
    case 'named-document':
      return documentsOf(one)
  }
}

/** Where a due thing is done. */
export function targetOf(one: DueThing): Target {
  const record = { id: one.recordId }
  switch (one.kind) {
    case 'occurrence':
    case 'control-review':
      return { to: '/app/controls/$id', params: { id: one.controlId ?? one.recordId } }
    case 'evidence':
    case 'evidence-review':
      return { to: '/app/evidence/$id', params: record }
    case 'certificate':
      return { to: '/app/certificates/$id', params: record }
    case 'request':
      return { to: '/app/requests', params: {} }
    case 'programme-audit':
    case 'programme-cycle':
      return { to: '/app/programmes/$id', params: record }
    case 'context-review':
      return {
        to: '/app/context',
        params: {},
        search: { tab: one.subject.split(':')[2] ?? '', open: one.recordId },
      }
    case 'risk-review':
      return { to: '/app/risks/$id', params: record }
    case 'risk-action':
      return { to: '/app/risks/$id', params: record, search: { tab: 'treatment' } }
    case 'risk-acceptance':
      return { to: '/app/risks/$id', params: record, search: { tab: 'acceptance' } }
    case 'reading':
      return { to: '/app/objectives/$id', params: record }
    case 'approval':
      return versionOf(one)
    case 'document-review':
      return documentsOf(one)
  }
}

/** One due thing: what, where, who, how it stands, and what can be arranged about it. */
export function DueLine({ one, withDay }: { one: DueThing; withDay?: boolean }) {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const places = usePlaces()
  const [arranging, setArranging] = useState<Arranging | null>(null)
  const { to, params, search = {} } = targetOf(one)
  const snoozed = one.arranged?.snoozedUntil ?? null
  const where = one.entities.slice(0, 2).map(places.entity).filter(Boolean)
  return (
    <li className={css.line}>
      {withDay ? <span className={`${css.lineDay} tabular`}>{format.shortDay(one.dueOn)}</span> : null}
      <div className={css.lineText}>
        <Link to={to} params={params} search={search}>
          {format.text(one.title)}
        </Link>
        <small>
          {[
            one.person ? format.text(one.person.name) : one.kind === 'approval' ? t.anyApprover : t.nobody,
            ...(where.length > 0 ? [format.list(where) + (one.entities.length > 2 ? ' …' : '')] : []),
            ...(one.arranged?.assigneeId && one.arranged.by
              ? [t.handedTo(format.text(one.arranged.by.name))]
              : []),
            ...(snoozed ? [t.snoozedUntil(format.shortDay(snoozed))] : []),
          ].join(' · ')}
        </small>
      </div>
      <span className={css.lineState}>
        {one.escalated ? (
          <State tone="failing" icon="warning">
            {t.escalated}
          </State>
        ) : null}
        <State tone={toneOf[one.state]} icon={one.state === 'overdue' ? 'cross' : 'clock'}>
          {t.states[one.state]}
        </State>
      </span>
      {one.abilities.length > 0 ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="default"
              rightSection={<Icon name="down" size={12} />}
              aria-label={`${t.actions}: ${format.text(one.title)}`}
            >
              {t.actions}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {one.abilities.map((action) => (
              <Menu.Item key={action} onClick={() => setArranging({ action, one })}>
                {t[action]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span />
      )}
      {arranging ? (
        <Suspense fallback={null}>
          <ArrangeForm {...arranging} onClose={() => setArranging(null)} />
        </Suspense>
      ) : null}
    </li>
  )
}
