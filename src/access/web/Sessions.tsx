import { Button } from '@mantine/core'
import { call } from '../../web/client.ts'
import { useChange, useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'

type Session = {
  id: string
  userAgent?: string | null
  ipAddress?: string | null
  createdAt: string
  expiresAt: string
}

/** Browser and system out of what the browser says about itself; enough to recognise one's own. */
function deviceOf(agent: string | null | undefined, unknown: string): string {
  const browser = /(Edg|Firefox|Chrome|Safari)\//.exec(agent ?? '')?.[1]?.replace('Edg', 'Edge')
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent ?? '')?.[1]
  return [browser, system].filter(Boolean).join(' · ') || unknown
}

export function Sessions() {
  const t = useWords(accessMessages)
  const format = useFormat()
  const list = useReadNow<Session[]>('/api/auth/list-sessions')
  const current = useReadNow<{ session: { id: string } } | null>('/api/auth/get-session')
  const end = useChange((id: string) => call('POST', '/api/auth/revoke-session', { body: { id } }))
  const endOthers = useChange(() => call('POST', '/api/auth/revoke-other-sessions', { body: {} }))
  const problem = end.error ?? endOthers.error
  return (
    <Section title={t.settings.sessions}>
      <p className="quiet">{t.settings.sessionsText}</p>
      {problem ? <Failure error={problem} /> : null}
      <ul>
        {list.data?.map((session) => (
          <li key={session.id} className={css.row}>
            <span>
              {deviceOf(session.userAgent, t.settings.unknownDevice)}{' '}
              <span className="quiet">{session.ipAddress}</span>
            </span>
            <span className="quiet">{t.settings.since(format.instant(session.createdAt))}</span>
            {session.id === current.data?.session.id ? (
              <State tone="accent" icon="check">
                {t.settings.thisSession}
              </State>
            ) : (
              <Button variant="default" size="compact-xs" onClick={() => end.mutate(session.id)}>
                {t.settings.endSession}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(list.data?.length ?? 0) > 1 ? (
        <Button mt="sm" variant="default" onClick={() => endOthers.mutate(undefined)}>
          {t.settings.endOthers}
        </Button>
      ) : null}
    </Section>
  )
}
