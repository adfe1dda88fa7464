import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { call } from '../../web/client.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import css from './access.module.css'
import { DemoPeople } from './DemoPeople.tsx'
import { accessMessages } from './messages.ts'
import { safeNext } from './next.ts'
import { Outside } from './Outside.tsx'
import { PasswordField } from './PasswordField.tsx'
import { canUsePasskeys, signInWithPasskey } from './passkey.ts'
import { SecondFactor } from './SecondFactor.tsx'

/** Signing in: password, then the second factor where one is set up; a passkey; or a person of the demo. */
export function SignInPage() {
  const t = useWords(accessMessages)
  const { next }: { next?: string } = useSearch({ strict: false })
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [passkeyFailed, setPasskeyFailed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [second, setSecond] = useState(false)
  const enter = async () => {
    cache.clear()
    await navigate({ href: safeNext(next), replace: true })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const answer = await call<{ twoFactorRedirect?: boolean }>('POST', '/api/auth/sign-in/email', {
        body: { email, password },
      })
      if (answer.twoFactorRedirect) setSecond(true)
      else await enter()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const passkey = async () => {
    setPasskeyFailed(false)
    try {
      await signInWithPasskey()
      await enter()
    } catch {
      setPasskeyFailed(true)
    }
  }
  const back = () => {
    setPassword('')
    setSecond(false)
  }
  if (second) {
    return (
      <Outside title={t.welcome}>
        <SecondFactor onDone={enter} onBack={back} />
      </Outside>
    )
  }
  return (
    <Outside title={t.welcome}>
      <DemoPeople onDone={enter} />
      {problem ? <Failure error={problem} /> : null}
      {passkeyFailed ? <Notice tone="partial">{t.passkeyFailed}</Notice> : null}
      <form className={css.stack} onSubmit={submit}>
        <TextInput
          label={t.email}
          type="email"
          size="sm"
          autoComplete="username webauthn"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordField
          label={t.password}
          size="sm"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={busy}>
          {t.signIn}
        </Button>
      </form>
      {canUsePasskeys() ? (
        <>
          <div className={css.rule}>{t.or}</div>
          <Button variant="default" size="sm" leftSection={<Icon name="key" />} onClick={passkey}>
            {t.passkey}
          </Button>
        </>
      ) : null}
    </Outside>
  )
}
