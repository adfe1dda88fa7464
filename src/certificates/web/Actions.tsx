import { ActionIcon, Menu } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Doing, MenuDoing } from '../../web/ui/Doing.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import type { Ability } from '../abilities.ts'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { Standing } from './StandingForm.tsx'
import type { CertificateDetail } from './shapes.ts'

// The forms are larger than the page, and most visits never open them.
const EventForm = lazy(async () => ({ default: (await import('./EventForm.tsx')).EventForm }))
const FactsForm = lazy(async () => ({ default: (await import('./FactsForm.tsx')).FactsForm }))
const RenewForm = lazy(async () => ({ default: (await import('./RenewForm.tsx')).RenewForm }))
const StandingForm = lazy(async () => ({ default: (await import('./StandingForm.tsx')).StandingForm }))

type Open = 'edit' | 'renew' | 'event' | Standing | null

/** What can be done with the certificate. What this reader cannot do now is there too, and says why not. */
export function Actions({ certificate, names }: { certificate: CertificateDetail; names: Names }) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const day = useDay()
  const [open, setOpen] = useState<Open>(null)
  const check = useChange(() =>
    call('POST', `/api/certificates/${certificate.id}/verification`, {
      body: { checkedOn: day },
      version: certificate.version,
    }),
  )
  const close = () => setOpen(null)
  const reason = (action: Ability) => {
    const found = certificate.refusals.find((one) => one.action === action)
    return found ? format.text(found.text) : null
  }
  const menu: { action: Ability; label: string; act: () => void }[] = [
    { action: 'update', label: t.edit, act: () => setOpen('edit') },
    { action: 'check', label: t.checkToday, act: () => check.mutate(undefined) },
    certificate.state === 'suspended'
      ? { action: 'reinstate', label: t.reinstate, act: () => setOpen('reinstatement') }
      : { action: 'suspend', label: t.suspend, act: () => setOpen('suspension') },
    { action: 'withdraw', label: t.withdraw, act: () => setOpen('withdrawal') },
  ]
  return (
    <>
      <Doing reason={reason('record')} onClick={() => setOpen('event')} plain>
        {t.record}
      </Doing>
      <Doing reason={reason('renew')} onClick={() => setOpen('renew')}>
        {t.renew}
      </Doing>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t.more}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {menu.map(({ action, label, act }) => (
            <MenuDoing key={label} reason={reason(action)} onClick={act}>
              {label}
            </MenuDoing>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {open === 'edit' ? <FactsForm certificate={certificate} names={names} onClose={close} /> : null}
        {open === 'renew' ? <RenewForm certificate={certificate} names={names} onClose={close} /> : null}
        {open === 'event' ? <EventForm certificate={certificate} day={day} onClose={close} /> : null}
        {open === 'suspension' || open === 'reinstatement' || open === 'withdrawal' ? (
          <StandingForm standing={open} certificate={certificate} day={day} onClose={close} />
        ) : null}
      </Suspense>
    </>
  )
}
