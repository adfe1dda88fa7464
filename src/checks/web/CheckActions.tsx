import { Button, Tooltip } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { EndForm } from './EndForm.tsx'
import { checkMessages } from './messages.ts'
import type { CheckNames } from './names.ts'
import { RunForm } from './RunForm.tsx'
import type { CheckAnswer } from './shapes.ts'

const CheckForm = lazy(() => import('./CheckForm.tsx'))

type Ability = 'update' | 'run' | 'end'

/** What can be done with a check; what cannot says why. */
export function CheckActions({ check, names }: { check: CheckAnswer; names: CheckNames }) {
  const t = useWords(checkMessages)
  const past = useIsPast()
  const [open, setOpen] = useState<Ability | null>(null)
  const close = () => setOpen(null)
  const reason = (ability: Ability) => {
    if (past) return t.past
    if (check.abilities.includes(ability)) return null
    return check.activeTo === null ? t.role : t.isEnded
  }
  return (
    <>
      <Doing reason={reason('end')} onClick={() => setOpen('end')}>
        {t.end}
      </Doing>
      <Doing reason={reason('run')} onClick={() => setOpen('run')}>
        {t.run}
      </Doing>
      <Doing reason={reason('update')} onClick={() => setOpen('update')} first>
        {t.edit}
      </Doing>
      {open === 'update' ? (
        <Suspense fallback={null}>
          <CheckForm check={check} names={names} onClose={close} onSaved={close} />
        </Suspense>
      ) : null}
      {open === 'run' ? <RunForm check={check} onClose={close} /> : null}
      {open === 'end' ? <EndForm check={check} onClose={close} /> : null}
    </>
  )
}

type DoingProps = { reason: string | null; onClick: () => void; first?: boolean; children: ReactNode }

/** A button; with a reason it does nothing but say it, to the pointer, the finger and the keyboard alike. */
function Doing({ reason, onClick, first, children }: DoingProps) {
  const look = first ? {} : ({ variant: 'default' } as const)
  if (reason === null)
    return (
      <Button {...look} onClick={onClick}>
        {children}
      </Button>
    )
  return (
    <Tooltip label={reason} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Button {...look} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  )
}
