import { Button, PasswordInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { call } from '../../web/client.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'
import { Outside } from './Outside.tsx'

/** Where an invited person makes their account. */
export function InvitationPage() {
  const t = useWords(accessMessages)
  const { token } = useParams({ strict: false }) as { token: string }
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
      await call('POST', '/api/invitation', { body: { token, password } })
      cache.clear()
      await navigate({ to: '/app', replace: true })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <Outside title={t.join}>
      <p className="quiet">{t.joinText}</p>
      {problem ? <Failure error={problem} /> : null}
      <form className={css.stack} onSubmit={submit}>
        <PasswordInput
          label={t.password}
          description={t.passwordHint}
          size="sm"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={busy}>
          {t.join}
        </Button>
      </form>
    </Outside>
  )
}
