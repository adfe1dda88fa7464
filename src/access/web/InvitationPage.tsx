import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { call } from '../../web/client.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'
import { Outside } from './Outside.tsx'
import { PasswordField } from './PasswordField.tsx'

/** Where an invited person makes their account, joins with the one that they have, or sets a new password. */
export function InvitationPage() {
  const t = useWords(accessMessages)
  const { token } = useParams({ strict: false }) as { token: string }
  const { reset }: { reset?: unknown } = useSearch({ strict: false })
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const answer = await call<{ signIn: true } | undefined>('POST', '/api/invitation', {
        body: { token, password },
      })
      cache.clear()
      await navigate({ to: answer?.signIn ? '/app/sign-in' : '/app', replace: true })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  const title = reset ? t.reset : t.join
  return (
    <Outside title={title}>
      <p className="quiet">{reset ? t.resetText : t.joinText}</p>
      {reset ? null : <p className="quiet">{t.joinSignedIn}</p>}
      {problem ? <Failure error={problem} /> : null}
      <form className={css.stack} onSubmit={submit}>
        <PasswordField
          label={t.password}
          description={t.passwordHint}
          size="sm"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={busy}>
          {title}
        </Button>
      </form>
    </Outside>
  )
}
