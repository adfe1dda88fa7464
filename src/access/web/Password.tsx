import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'
import { PasswordField } from './PasswordField.tsx'

/** Changing one's password ends all other sessions. */
export function Password() {
  const t = useWords(accessMessages)
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const change = useChange(() =>
    call('POST', '/api/auth/change-password', {
      body: { currentPassword, newPassword, revokeOtherSessions: true },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(undefined, {
      onSuccess: () => {
        setCurrent('')
        setNew('')
      },
    })
  }
  return (
    <Section title={t.settings.changePassword}>
      <form className={css.narrow} onSubmit={submit}>
        {change.error ? <Failure error={change.error} /> : null}
        {change.isSuccess ? <Notice tone="met">{t.settings.passwordChanged}</Notice> : null}
        <PasswordField
          label={t.settings.currentPassword}
          autoComplete="current-password"
          value={currentPassword}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordField
          label={t.settings.newPassword}
          description={t.passwordHint}
          autoComplete="new-password"
          value={newPassword}
          onChange={(event) => setNew(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" variant="default" loading={change.isPending} disabled={newPassword === ''}>
            {t.settings.changePassword}
          </Button>
        </div>
      </form>
    </Section>
  )
}
