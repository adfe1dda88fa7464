import { ActionIcon, Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useMay, useMe } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Doing, MenuDoing } from '../../web/ui/Doing.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { ActForm } from './ActForm.tsx'
import type { Act } from './acts.ts'
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
