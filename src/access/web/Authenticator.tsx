import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { encode } from 'uqr'
import { call } from '../../web/client.ts'
import { useChange, useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'
import { PasswordField } from './PasswordField.tsx'

type Session = { user: { twoFactorEnabled?: boolean | null } } | null
type Enrolment = { totpURI: string; backupCodes: string[] }

/** The second factor (RFC 6238): shown once as a picture, in force after its first code was right. */
export function Authenticator() {
  const t = useWords(accessMessages)
  const session = useReadNow<Session>('/api/auth/get-session')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const isOn = session.data?.user.twoFactorEnabled === true
  const begin = useChange(() =>
    call<Enrolment>('POST', '/api/auth/two-factor/enable', { body: { password } }),
  )
  const finish = useChange(() => call('POST', '/api/auth/two-factor/verify-totp', { body: { code } }))
  const end = useChange(() => call('POST', '/api/auth/two-factor/disable', { body: { password } }))
  const problem = begin.error ?? finish.error ?? end.error
  return (
    <Section
      title={t.settings.totp}
      beside={
        isOn ? (
          <State tone="met">{t.settings.totpDone}</State>
        ) : (
          <State tone="none">{t.settings.totpIsOff}</State>
        )
      }
    >
      <div className={css.narrow}>
        <p className="quiet">{t.settings.totpText}</p>
        {problem ? <Failure error={problem} /> : null}
        {enrolment ? (
          <>
            <p>{t.settings.totpScan}</p>
            <QrCode text={enrolment.totpURI} label={t.settings.totp} />
            <p className="quiet">
              {t.settings.totpSecret}: <code>{new URL(enrolment.totpURI).searchParams.get('secret')}</code>
            </p>
            <TextInput
              label={t.code}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <div>
              <Button
                loading={finish.isPending}
                onClick={() => finish.mutate(undefined, { onSuccess: () => setCode('') })}
              >
                {t.verify}
              </Button>
            </div>
            {finish.isSuccess ? <Notice tone="met">{t.settings.totpDone}</Notice> : null}
            <h3>{t.settings.backup}</h3>
            <p className="quiet">{t.settings.backupText}</p>
            <ul className={css.codes}>
              {enrolment.backupCodes.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </>
        ) : (
          <>
            <PasswordField
              label={t.settings.currentPassword}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <div>
              {isOn ? (
                <Button
                  variant="default"
                  disabled={password === ''}
                  loading={end.isPending}
                  onClick={() => end.mutate(undefined, { onSuccess: () => setPassword('') })}
                >
                  {t.settings.totpOff}
                </Button>
              ) : (
                <Button
                  variant="default"
                  disabled={password === ''}
                  loading={begin.isPending}
                  onClick={() => begin.mutate(undefined, { onSuccess: setEnrolment })}
                >
                  {t.settings.totpEnable}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </Section>
  )
}

/** Dark on light in both themes: scanners do not read the inverse. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text)
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      className={css.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  )
}
