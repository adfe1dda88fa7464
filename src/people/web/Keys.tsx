import { Button, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State } from '../../web/ui/State.tsx'
import { peopleMessages as messages } from './messages.ts'
import type { ShownKey } from './shapes.ts'

export function Keys() {
  const t = useWords(messages)
  const read = useRead<{ items: ShownKey[] }>('/api/keys')
  return (
    <Loaded read={read}>
      {({ items }) =>
        items.length === 0 ? <Empty title={t.emptyKeys}>{t.emptyKeysText}</Empty> : <KeyTable keys={items} />
      }
    </Loaded>
  )
}

function KeyTable({ keys }: { keys: readonly ShownKey[] }) {
  const t = useWords(messages)
  const format = useFormat()
  const may = useMayNow()
  const [asking, setAsking] = useState<ShownKey | null>(null)
  return (
    <>
      <Plain caption={t.keys} head={[t.keyName, t.prefix, t.role, t.scopes, t.expires, t.used, t.state, '']}>
        {keys.map((key) => (
          <tr key={key.id}>
            <td>{key.name}</td>
            <td>
              <code>{key.prefix}…</code>
            </td>
            <td>{t.roleNames[key.role]}</td>
            <td>
              <code>{key.scopes.join(', ')}</code>
            </td>
            <td>{format.instant(key.expiresAt)}</td>
            <td>{key.usedAt ? format.instant(key.usedAt) : t.never}</td>
            <td>
              {key.works ? (
                <State tone="met">{t.works}</State>
              ) : (
                <State tone="none">{key.revokedAt ? t.revoked : t.expired}</State>
              )}
            </td>
            <td>
              {key.works && may('api_key.revoke') ? (
                <Button variant="default" size="compact-xs" onClick={() => setAsking(key)}>
                  {t.revoke}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </Plain>
      {asking ? <Revoke apiKey={asking} onClose={() => setAsking(null)} /> : null}
    </>
  )
}

function Revoke({ apiKey, onClose }: { apiKey: ShownKey; onClose: () => void }) {
  const t = useWords(messages)
  const shell = useWords(shellMessages)
  const revoke = useChange(() =>
    call('POST', `/api/keys/${apiKey.id}/revocation`, { body: {}, version: apiKey.version }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.revokeTitle}
      size="sm"
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      {revoke.error ? <Failure error={revoke.error} /> : null}
      <Text size="sm" mb="md">
        {t.revokeText(apiKey.name)}
      </Text>
      <Button variant="default" mr="sm" onClick={onClose} data-autofocus>
        {shell.form.cancel}
      </Button>
      <Button
        color="red"
        loading={revoke.isPending}
        onClick={() => revoke.mutate(undefined, { onSuccess: onClose })}
      >
        {t.revoke}
      </Button>
    </Modal>
  )
}
