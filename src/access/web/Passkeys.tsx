import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange, useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'
import { addPasskey, canUsePasskeys } from './passkey.ts'

type Passkey = { id: string; name?: string | null; createdAt: string }

export function Passkeys() {
  const t = useWords(accessMessages)
  const format = useFormat()
  const list = useReadNow<Passkey[]>('/api/auth/passkey/list-user-passkeys')
  const [name, setName] = useState('')
  const add = useChange(() => addPasskey(name.trim() || t.settings.unnamed))
  const remove = useChange((id: string) => call('POST', '/api/auth/passkey/delete-passkey', { body: { id } }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate(undefined, { onSuccess: () => setName('') })
  }
  const problem = add.error ?? remove.error
  return (
    <Section title={t.settings.passkeys}>
      <p className="quiet">{t.settings.passkeysText}</p>
      {problem ? <Failure error={problem} /> : null}
      {list.data?.length === 0 ? <p className="quiet">{t.settings.noPasskeys}</p> : null}
      <ul>
        {list.data?.map((one) => (
          <li key={one.id} className={css.row}>
            <span>{one.name || t.settings.unnamed}</span>
            <span className="quiet">{t.settings.since(format.instant(one.createdAt))}</span>
            <Button variant="default" size="compact-xs" onClick={() => remove.mutate(one.id)}>
              {t.settings.remove}
            </Button>
          </li>
        ))}
      </ul>
      {canUsePasskeys() ? (
        <form className={css.row} onSubmit={submit}>
          <TextInput
            aria-label={t.settings.passkeyName}
            placeholder={t.settings.passkeyName}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <span />
          <Button type="submit" variant="default" loading={add.isPending}>
            {t.settings.addPasskey}
          </Button>
        </form>
      ) : null}
    </Section>
  )
}
