import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { useReadNow } from '../../web/data.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import css from './access.module.css'

/** The organisations of an account as buttons; nothing of the one before stays in memory after a choice. */
export function OrganisationChoice({ onDone }: { onDone: () => void }) {
  const format = useFormat()
  const cache = useQueryClient()
  const list = useReadNow<{ items: { id: string; name: LocalText }[] }>('/api/account/organisations')
  const [problem, setProblem] = useState<unknown>(null)
  const choose = async (organisationId: string) => {
    try {
      await call('POST', '/api/account/organisation', { body: { organisationId } })
      cache.clear()
      onDone()
    } catch (error) {
      setProblem(error)
    }
  }
  const failure = problem ?? list.error
  return (
    <>
      {failure ? <Failure error={failure} /> : null}
      <ul className={css.people}>
        {list.data?.items.map(({ id, name }) => (
          <li key={id}>
            <button type="button" className={css.person} onClick={() => choose(id)}>
              {format.text(name)}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
