import { Button, Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { AddressForm } from './AddressForm.tsx'
import { GrantForm } from './GrantForm.tsx'
import { LeaveForm } from './LeaveForm.tsx'
import { peopleMessages as messages } from './messages.ts'
import { useEntities } from './names.ts'
import { PersonForm } from './PersonForm.tsx'
import css from './people.module.css'
import type { ShownPerson } from './shapes.ts'
import { useBelongings } from './useBelongings.ts'
import { useWayIn, WayInButton, WayInLinks } from './WayIn.tsx'

/** What the register of people had in its address does not go along. */
const handed = { open: undefined, tab: undefined, state: undefined }

type Open = 'edit' | 'grant' | 'leave' | 'address' | null

/** One person: their facts, their roles with first and last day, and what may be done about them. */
export function PersonDrawer({ person, onClose }: { person: ShownPerson; onClose: () => void }) {
  const t = useWords(messages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const entities = useEntities()
  const may = useMayNow()
  const past = useIsPast()
  const [open, setOpen] = useState<Open>(null)
  const able = (action: string) => !past && person.abilities.includes(action)
  const end = useChange((grant: { id: string; version: number }) =>
    call('POST', `/api/grants/${grant.id}/end`, { body: {}, version: grant.version }),
  )
  const wayIn = useWayIn(person)
  const theirs = useBelongings(person.id)
  const close = () => setOpen(null)
  if (open === 'edit') return <PersonForm person={person} onClose={close} />
  if (open === 'grant') return <GrantForm person={person} onClose={close} />
  if (open === 'leave') return <LeaveForm person={person} onClose={close} />
  if (open === 'address') return <AddressForm person={person} onClose={close} />
  return (
    <Drawer
      opened
      onClose={onClose}
      title={format.text(person.name)}
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      <Pairs
        facts={[
          { label: t.email, value: person.email },
          { label: t.jobTitle, value: format.text(person.jobTitle) || '—' },
          { label: t.entity, value: entities.nameOf(person.entityId) || '—' },
          { label: t.state, value: t.states[person.state] },
        ]}
      />
      {theirs ? (
        <div className={css.belongs}>
          <Notice
            tone={person.state === 'left' ? 'failing' : 'none'}
            calm
            action={
              <Link
                to="/app/handover"
                search={(before: object) => ({ ...before, ...handed, person: person.id })}
              >
                {t.handOver}
              </Link>
            }
          >
            {(person.state === 'left' ? t.belongsLeft : t.belongs)(format.number(theirs.count))}
          </Notice>
        </div>
      ) : null}
      <Section title={t.grants}>
        {end.error ? <Failure error={end.error} /> : null}
        {person.grants.length === 0 ? <p className="quiet">{t.noGrants}</p> : null}
        <ul>
          {person.grants.map((grant) => (
            <li key={grant.id} className={css.grant}>
              <b>{t.roleNames[grant.role]}</b>
              <span>
                {grant.certificateId ? t.engagement : entities.nameOf(grant.entityId) || t.wholeOrganisation}
              </span>
              <span className="quiet">
                {grant.endedOn
                  ? t.ended(format.shortDay(grant.endedOn))
                  : t.since(format.shortDay(grant.grantedOn))}
              </span>
              {grant.endedOn === null && may('grant.end') ? (
                <Button variant="default" size="compact-xs" onClick={() => end.mutate(grant)}>
                  {t.end}
                </Button>
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
      </Section>
      <WayInLinks wayIn={wayIn} />
      <div className={css.actions}>
        {may('grant.give') && person.state !== 'left' ? (
          <Button onClick={() => setOpen('grant')}>{t.give}</Button>
        ) : null}
        {able('update') ? (
          <Button variant="default" onClick={() => setOpen('edit')}>
            {t.edit}
          </Button>
        ) : null}
        {past ? null : <WayInButton person={person} wayIn={wayIn} />}
        {able('change_address') ? (
          <Button variant="default" onClick={() => setOpen('address')}>
            {t.address}
          </Button>
        ) : null}
        {able('leave') ? (
          <Button variant="default" color="red" onClick={() => setOpen('leave')}>
            {t.leave}
          </Button>
        ) : null}
      </div>
    </Drawer>
  )
}
