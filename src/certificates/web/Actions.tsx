import { ActionIcon, Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { useDay } from './Cycle.tsx'
import { EventForm } from './EventForm.tsx'
import { FactsForm } from './FactsForm.tsx'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import { RenewForm } from './RenewForm.tsx'
import { type Standing, StandingForm } from './StandingForm.tsx'
import type { CertificateAnswer } from './shapes.ts'

type Open = 'edit' | 'renew' | 'event' | Standing | null

/** What this reader may do with the certificate now: nothing else is shown, and nothing at all in the past. */
export function Actions({ certificate, names }: { certificate: CertificateAnswer; names: Names }) {
  const t = useWords(certificateMessages)
  const past = useIsPast()
  const day = useDay()
  const [open, setOpen] = useState<Open>(null)
  const check = useChange(() =>
    call('POST', `/api/certificates/${certificate.id}/verification`, {
      body: { checkedOn: day },
      version: certificate.version,
    }),
  )
  const may = (action: string) => !past && certificate.abilities.includes(action)
  const close = () => setOpen(null)
  const { state } = certificate
  const ended = ['withdrawn', 'planned', 'in-audit'].includes(state)
  const menu = [
    { show: may('update'), label: t.edit, act: () => setOpen('edit') },
    {
      show: may('record') && certificate.verificationUrl !== null,
      label: t.checkToday,
      act: () => check.mutate(undefined),
    },
    { show: may('suspend') && state === 'active', label: t.suspend, act: () => setOpen('suspension') },
    {
      show: may('suspend') && state === 'suspended',
      label: t.reinstate,
      act: () => setOpen('reinstatement'),
    },
    { show: may('withdraw') && !ended, label: t.withdraw, act: () => setOpen('withdrawal') },
  ].filter(({ show }) => show)
  return (
    <>
      {may('record') ? (
        <Button variant="default" onClick={() => setOpen('event')}>
          {t.record}
        </Button>
      ) : null}
      {may('renew') ? <Button onClick={() => setOpen('renew')}>{t.renew}</Button> : null}
      {menu.length > 0 ? (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t.more}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {menu.map(({ label, act }) => (
              <Menu.Item key={label} onClick={act}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {open === 'edit' ? <FactsForm certificate={certificate} names={names} onClose={close} /> : null}
      {open === 'renew' ? <RenewForm certificate={certificate} names={names} onClose={close} /> : null}
      {open === 'event' ? <EventForm certificate={certificate} day={day} onClose={close} /> : null}
      {open === 'suspension' || open === 'reinstatement' || open === 'withdrawal' ? (
        <StandingForm standing={open} certificate={certificate} day={day} onClose={close} />
      ) : null}
    </>
  )
}
