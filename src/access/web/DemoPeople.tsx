import { useState } from 'react'
import type { Role } from '../../kernel/actor.ts'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import css from './access.module.css'
import { accessMessages } from './messages.ts'

type DemoPerson = { id: string; name: LocalText; jobTitle?: LocalText | null; roles: readonly Role[] }

/** One click to look through somebody's eyes; only a server that runs the demo answers with people. */
export function DemoPeople({ onDone }: { onDone: () => Promise<void> }) {
  const t = useWords(accessMessages)
  const format = useFormat()
  const people = useReadNow<{ items: DemoPerson[] }>('/api/demo/people')
  const [problem, setProblem] = useState<unknown>(null)
  if (!people.data || people.data.items.length === 0) return null
  const enter = async (personId: string) => {
    try {
      await call('POST', '/api/demo/sign-in', { body: { personId } })
      await onDone()
    } catch (error) {
      setProblem(error)
    }
  }
  return (
    <section className={css.stack} aria-label={t.demo}>
      <div>
        <h2>{t.demo}</h2>
        <p className="quiet">{t.demoText}</p>
      </div>
      {problem ? <Failure error={problem} /> : null}
      <ul className={css.people}>
        {people.data.items.map((person) => (
          <li key={person.id}>
            <button type="button" className={css.person} onClick={() => enter(person.id)}>
              <div>
                {format.text(person.name)}
                <span>
                  {[format.text(person.jobTitle), ...person.roles.map((role) => t.roles[role])]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </div>
              <Icon name="chevron" />
            </button>
          </li>
        ))}
      </ul>
      <div className={css.rule}>{t.or}</div>
    </section>
  )
}
