import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { call } from '../../web/client.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'
import { PasswordField } from './PasswordField.tsx'

/** Changing the address with which one signs in: asks for the password, and leads to the sign-in page. */
export function Address() {
  const t = useWords(accessMessages)
  const me = useMe()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await call('POST', '/api/account/address', { body: { email, password } })
      cache.clear()
      await navigate({ to: '/app/sign-in' })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <Section title={t.settings.address}>
      <form className={css.narrow} onSubmit={submit}>
        <p className="quiet">{t.settings.addressText(me.data?.person?.email ?? '')}</p>
        {problem ? <Failure error={problem} /> : null}
        <TextInput
          label={t.settings.newAddress}
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordField
          label={t.settings.currentPassword}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" variant="default" loading={busy} disabled={email === ''}>
            {t.settings.changeAddress}
          </Button>
        </div>
      </form>
    </Section>
  )
}
