import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useMay, useMe } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { type Act, ActForm } from './ActForm.tsx'
import { evidenceMessages } from './messages.ts'
import type { Names } from './names.ts'
import { refusalOf } from './reasons.ts'
import type { Ability, EvidenceDetail } from './shapes.ts'

const ReviseDrawer = lazy(() => import('./ReviseDrawer.tsx'))

/** Why this reader cannot do something with an item now, in words; null when they can. */
export function useRefusal(one: EvidenceDetail): (ability: Ability) => string | null {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const me = useMe()
  const may = useMay()
  const past = useIsPast()
  const at = one.revisions.findIndex(({ id }) => id === one.id)
  const replaced = one.revisions.slice(at + 1).some(({ state }) => state !== 'withdrawn')
  return (ability) => {
    const found = refusalOf(ability, one, { personId: me.data?.person?.id ?? null, past, replaced, may })
    if (found === null) return null
    const words = t.refusals[found.key]
    return typeof words === 'string' ? words : words(format.shortDay(found.day ?? ''))
  }
}

/** What can be done with an item. What this reader cannot do now is there too, and says why not. */
export function Actions({ one, names }: { one: EvidenceDetail; names: Names }) {
  const t = useWords(evidenceMessages)
  const navigate = useNavigate()
  const refusal = useRefusal(one)
  const [open, setOpen] = useState<Act | 'revise' | null>(null)
  const menu: { act: Act | 'revise'; label: string }[] = [
    { act: 'revise', label: t.revise },
    one.hold ? { act: 'release', label: t.release } : { act: 'hold', label: t.placeHold },
    { act: 'retain', label: t.retain },
    { act: 'withdraw', label: t.withdraw },
    { act: 'dispose', label: t.dispose },
  ]
  return (
    <>
      <Doing reason={refusal('reject')} onClick={() => setOpen('reject')} plain>
        {t.reject}
      </Doing>
      <Doing reason={refusal('accept')} onClick={() => setOpen('accept')}>
        {t.accept}
      </Doing>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t.actions}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {menu.map(({ act, label }) => (
            <MenuDoing key={act} reason={refusal(act)} onClick={() => setOpen(act)}>
              {label}
            </MenuDoing>
          ))}
        </Menu.Dropdown>
      </Menu>
      {open === 'revise' ? (
        <Suspense fallback={null}>
          <ReviseDrawer
            one={one}
            names={names}
            onClose={() => setOpen(null)}
            onSaved={(id) => navigate({ to: '/app/evidence/$id', params: { id } })}
          />
        </Suspense>
      ) : open ? (
        <ActForm key={open} act={open} one={one} onClose={() => setOpen(null)} />
      ) : null}
    </>
  )
}

type DoingProps = { reason: string | null; onClick: () => void; children: ReactNode; plain?: boolean }

const tip = { multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } } as const

/** A button; with a reason it does nothing but say it, to the pointer, the finger and the keyboard alike. */
export function Doing({ reason, onClick, children, plain }: DoingProps) {
  const look = plain ? ({ variant: 'default' } as const) : {}
  if (reason === null)
    return (
      <Button {...look} onClick={onClick}>
        {children}
      </Button>
    )
  return (
    <Tooltip label={reason} {...tip}>
      <Button {...look} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  )
}

function MenuDoing({ reason, onClick, children }: DoingProps) {
  if (reason === null) return <Menu.Item onClick={onClick}>{children}</Menu.Item>
  return (
    <Tooltip label={reason} position="left" {...tip}>
      <Menu.Item data-disabled aria-disabled closeMenuOnClick={false}>
        {children}
      </Menu.Item>
    </Tooltip>
  )
}
