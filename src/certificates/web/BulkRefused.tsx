import { Button, Group, Modal } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import type { RefusedBulk } from './bulk.ts'
import type { Names } from './names.ts'
import { registerMessages } from './register-messages.ts'
import type { CertificateAnswer } from './shapes.ts'

type BulkRefusedProps = {
  refused: RefusedBulk
  rows: readonly CertificateAnswer[]
  names: Names
  onClose: () => void
}

/** Names each row that stands in the way, with its reason, and offers to go on without those. */
export function BulkRefused({ refused: { answer, again }, rows, names, onClose }: BulkRefusedProps) {
  const t = useWords(registerMessages)
  const format = useFormat()
  const reasons = new Map(answer.rows.flatMap((row) => (row.text ? [[row.id, row.text]] : [])))
  const others = rows.filter((row) => !reasons.has(row.id))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.refusedTitle}
      size="lg"
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <Notice tone="partial">{t.refused(format.number(answer.counts.refused))}</Notice>
      <Pairs
        facts={rows.flatMap((row) => {
          const reason = reasons.get(row.id)
          return reason
            ? [{ label: `${names.scheme(row.scheme)} ${row.number ?? row.key}`, value: format.text(reason) }]
            : []
        })}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t.close}
        </Button>
        {others.length > 0 ? (
          <Button
            onClick={() => {
              onClose()
              again(others)
            }}
          >
            {t.others(format.number(others.length))}
          </Button>
        ) : null}
      </Group>
    </Modal>
  )
}
