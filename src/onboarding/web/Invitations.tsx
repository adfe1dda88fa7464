import { Button, CopyButton } from '@mantine/core'
import { useEffect } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'

/** Somebody who was invited here, with their link, and why they got no role where they got none. */
export type Invited = { name: string; email: string; link: string; why: string | null }

/** The links of everyone who was invited during this visit: shown now or never. */
export function Invitations({ invited }: { invited: readonly Invited[] }) {
  const t = useWords(onboardingMessages)
  const some = invited.length > 0
  useEffect(() => {
    if (!some) return
    const guard = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', guard)
    return () => window.removeEventListener('beforeunload', guard)
  }, [some])
  if (!some) return null
  const all = invited.map(({ name, email, link }) => [name, email, link].join('\t')).join('\n')
  return (
    <section className={css.links} aria-label={t.people.links}>
      <h3>{t.people.links}</h3>
      <p>{t.people.linksText}</p>
      <Plain caption={t.people.linkList} head={[t.people.email, t.people.link, '']} cards>
        {invited.map(({ name, email, link, why }) => (
          <tr key={email}>
            <td className={css.break}>
              {name} <span className="quiet">{email}</span>
              {why === null ? null : <div className={css.wrong}>{t.people.withoutRole(why)}</div>}
            </td>
            <td>
              <code className={css.break}>{link}</code>
            </td>
            <td>
              <Copy label={`${t.people.copy}: ${email}`} value={link} text={t.people.copy} />
            </td>
          </tr>
        ))}
      </Plain>
      <Copy label={t.people.copyAll} value={all} text={t.people.copyAll} />
    </section>
  )
}

function Copy({ label, value, text }: { label: string; value: string; text: string }) {
  const t = useWords(onboardingMessages)
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={copied ? t.people.copied : label}
          onClick={copy}
        >
          {copied ? t.people.copied : text}
        </Button>
      )}
    </CopyButton>
  )
}
