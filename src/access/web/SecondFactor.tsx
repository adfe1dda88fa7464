import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { call } from '../../web/client.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'

/** The second factor: the authenticator's code (RFC 6238), or one of the backup codes. */
export function SecondFactor({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }) {
  const t = useWords(accessMessages)
  const [code, setCode] = useState('')
  const [backup, setBackup] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const path = backup ? '/api/auth/two-factor/verify-backup-code' : '/api/auth/two-factor/verify-totp'
      await call('POST', path, { body: { code: code.replaceAll(' ', '') } })
      await onDone()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <form className={css.stack} onSubmit={submit}>
      <p className="quiet">{t.codeText}</p>
      {problem ? <Failure error={problem} /> : null}
      <TextInput
        label={backup ? t.backupCode : t.code}
        size="sm"
        autoFocus
        autoComplete="one-time-code"
        inputMode={backup ? 'text' : 'numeric'}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" size="sm" loading={busy}>
        {t.verify}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => setBackup(!backup)}>
        {backup ? t.useCode : t.useBackup}
      </Button>
      <Button variant="subtle" color="gray" onClick={onBack}>
        {t.back}
      </Button>
    </form>
  )
}
