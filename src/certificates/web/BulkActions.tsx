import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'
import { addressOf, call, download } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import css from '../../web/exchange/exchange.module.css'
import { useDay } from '../../web/frame/day.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { failureText } from '../../web/ui/Notice.tsx'
import { BulkRefused } from './BulkRefused.tsx'
import { itemsOf, type RefusedBulk } from './bulk.ts'
import { exchangeMessages } from './exchange-messages.ts'
import type { Names } from './names.ts'
import { registerMessages } from './register-messages.ts'
import type { BulkAnswer, CertificateAnswer } from './shapes.ts'

// Forms are larger than the register, and most visits never open them.
const BulkEndHolder = lazy(async () => ({ default: (await import('./BulkEndHolder.tsx')).BulkEndHolder }))

type BulkActionsProps = { rows: readonly CertificateAnswer[]; names: Names; clear: () => void }

/** What can be done with the chosen certificates: export them, mark them as checked, end a holder. */
export function BulkActions({ rows, names, clear }: BulkActionsProps) {
  const t = useWords(registerMessages)
  const exchange = useWords(exchangeMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const times = useTimes()
  const may = useMayNow()
  const day = useDay()
  const [ending, setEnding] = useState(false)
  const [refused, setRefused] = useState<RefusedBulk | null>(null)
  const fail = (error: unknown) =>
    notifications.show({ color: 'red', message: failureText(error, shell.failure) })
  const settle = (answer: BulkAnswer, again: RefusedBulk['again']) => {
    if (!answer.applied) return setRefused({ answer, again })
    setRefused(null)
    clear()
    const { changed, unchanged } = answer.counts
    notifications.show({ message: t.done(format.number(changed), format.number(unchanged)) })
  }
  const check = useChange((chosen: readonly CertificateAnswer[]) =>
    call<BulkAnswer>('POST', '/api/certificates/verifications', {
      body: { items: itemsOf(chosen), checkedOn: day },
    }),
  )
  const checkAll = (chosen: readonly CertificateAnswer[]) =>
    check.mutate(chosen, { onSuccess: (answer) => settle(answer, checkAll), onError: fail })
  return (
    <>
      <Menu position="top-start">
        <Menu.Target>
          <Button size="compact-sm" variant="default" leftSection={<Icon name="download" />}>
            {t.exportSelected}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(['csv', 'xlsx'] as const).map((ending) => (
            <Menu.Item
              key={ending}
              className={css.item ?? ''}
              onClick={() =>
                download(
                  addressOf(`/api/certificates/export.${ending}`, times),
                  { ids: rows.map((row) => row.id) },
                  `certificates.${ending}`,
                ).catch(fail)
              }
            >
              {exchange[ending]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {may('certificate.record') ? (
        <Button size="compact-sm" variant="default" loading={check.isPending} onClick={() => checkAll(rows)}>
          {t.check}
        </Button>
      ) : null}
      {may('certificate.update') ? (
        <Button size="compact-sm" variant="default" onClick={() => setEnding(true)}>
          {t.endHolder}
        </Button>
      ) : null}
      {ending ? (
        <Suspense fallback={null}>
          <BulkEndHolder
            rows={rows}
            names={names}
            day={day}
            onAnswer={settle}
            onClose={() => setEnding(false)}
          />
        </Suspense>
      ) : null}
      {refused ? (
        <BulkRefused refused={refused} rows={rows} names={names} onClose={() => setRefused(null)} />
      ) : null}
    </>
  )
}
