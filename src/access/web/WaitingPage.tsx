import { Button } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import { useSignOut } from '../../web/frame/AccountMenu.tsx'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import css from './access.module.css'
import { accessMessages } from './messages.ts'
import { Outside } from './Outside.tsx'

/** For somebody who is signed in and may do nothing yet: whom to ask. It leads on by itself once they have a role. */
export function WaitingPage() {
  const t = useWords(accessMessages)
  const format = useFormat()
  const me = useMe()
  const signOut = useSignOut()
  if (me.error) return <Navigate to="/app" replace />
  if (me.data && me.data.permissions.length > 0) return <Navigate to="/app" replace />
  const { ask = [], organisation } = me.data ?? {}
  return (
    <Outside title={t.waiting}>
      <p className="quiet">
        {ask.length > 0 ? t.waitingText(format.text(organisation?.name)) : t.waitingNobody}
      </p>
      {ask.length > 0 ? (
        <ul className={css.ask}>
          {ask.map(({ name, email }) => (
            <li key={email}>
              {format.text(name)} <a href={`mailto:${email}`}>{email}</a>
            </li>
          ))}
        </ul>
      ) : null}
      <Button variant="default" size="sm" loading={me.isFetching} onClick={() => me.refetch()}>
        {t.waitingAgain}
      </Button>
      <Button variant="subtle" color="gray" onClick={signOut}>
        {t.signOut}
      </Button>
    </Outside>
  )
}
