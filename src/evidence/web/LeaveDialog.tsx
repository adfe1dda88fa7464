import { Button, Group, Modal } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { evidenceMessages } from './messages.ts'

type LeaveDialogProps = { count: number; open: boolean; onStay: () => void; onLeave: () => void }

/** Asks before files that are no evidence yet are left behind, and says what becomes of them. */
export function LeaveDialog({ count, open, onStay, onLeave }: LeaveDialogProps) {
  const t = useWords(evidenceMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  return (
    <Modal
      opened={open}
      onClose={onStay}
      title={t.leaveTitle(format.number(count))}
      size="sm"
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      <p>{t.leaveText}</p>
      <Group mt="md" gap="sm" justify="flex-end">
        <Button variant="default" onClick={onLeave}>
          {t.leaveGo}
        </Button>
        <Button onClick={onStay} data-autofocus>
          {t.leaveStay}
        </Button>
      </Group>
    </Modal>
  )
}

/** Keeps a page from being left while files on it are no evidence yet, unless its reader says so. */
export function StayGuard({ count }: { count: number }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => count > 0,
    enableBeforeUnload: () => count > 0,
    withResolver: true,
  })
  return (
    <LeaveDialog
      count={count}
      open={status === 'blocked'}
      onStay={() => reset?.()}
      onLeave={() => proceed?.()}
    />
  )
}
