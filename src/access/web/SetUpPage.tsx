import { Button, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { LocalText } from '../../kernel/language.ts'
import { ApiProblem, call } from '../../web/client.ts'
import { LocalTextField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'
import { Outside } from './Outside.tsx'
import { PasswordField } from './PasswordField.tsx'

const zones = Intl.supportedValuesOf('timeZone')
const here = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The one-time address that makes the organisation and its first owner. */
export function SetUpPage() {
  const t = useWords(accessMessages)
  const { token } = useParams({ strict: false }) as { token: string }
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [organisation, setOrganisation] = useState<LocalText>({})
  const [timeZone, setTimeZone] = useState(here)
  const [name, setName] = useState<LocalText>({})
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const error = (pointer: string) =>
    problem instanceof ApiProblem
      ? (problem.fields.find((field) => field.pointer.startsWith(pointer))?.detail ?? null)
      : null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await call('POST', '/api/setup', {
        body: { token, organisation: { name: organisation, timeZone }, owner: { name, email, password } },
      })
      cache.clear()
      await navigate({ to: '/app', replace: true })
    } catch (caught) {
      setProblem(caught)
      setBusy(false)
    }
  }
  return (
    <Outside title={t.setUp} wide>
      <p className="quiet">{t.setUpText}</p>
      {problem ? <Failure error={problem} /> : null}
      <form className={css.stack} onSubmit={submit}>
        <LocalTextField
          label={t.organisationName}
          value={organisation}
          onChange={setOrganisation}
          error={error('/organisation/name')}
        />
        <Select
          label={t.timeZone}
          description={t.timeZoneHint}
          searchable
          limit={50}
          data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
          value={timeZone}
          onChange={(zone) => zone && setTimeZone(zone)}
          error={error('/organisation/timeZone')}
        />
        <LocalTextField label={t.yourName} value={name} onChange={setName} error={error('/owner/name')} />
        <TextInput
          label={t.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={error('/owner/email')}
        />
        <PasswordField
          label={t.password}
          description={t.passwordHint}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={error('/owner/password')}
        />
        <Button type="submit" size="sm" loading={busy}>
          {t.create}
        </Button>
      </form>
    </Outside>
  )
}
