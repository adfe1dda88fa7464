import { Button, Menu, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

type DoingProps = {
  /** Why it cannot be done now; null when it can. */
  reason: string | null
  onClick: () => void
  children: ReactNode
}

const tip = { multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } } as const

/** A button; with a reason it does nothing but say it, to the pointer, the finger and the keyboard alike. */
export function Doing({ reason, onClick, children, plain }: DoingProps & { plain?: boolean }) {
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

/** The same in a menu. */
export function MenuDoing({ reason, onClick, children }: DoingProps) {
  if (reason === null) return <Menu.Item onClick={onClick}>{children}</Menu.Item>
  return (
    <Tooltip label={reason} position="left" {...tip}>
      <Menu.Item data-disabled aria-disabled closeMenuOnClick={false}>
        {children}
      </Menu.Item>
    </Tooltip>
  )
}
