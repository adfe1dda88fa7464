import type { LocalText } from '../../kernel/language.ts'
import type { Page } from '../../kernel/page.ts'
import { useReadNow } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { logMessages } from './messages.ts'
import type { Entry } from './shapes.ts'

/**
 * Says who did what an entry says. The statement of a publication is open to strangers and names a role only: inside,
 * its id leads to the person.
 */
export function useWho(): (entry: Pick<Entry, 'noun' | 'actor'>) => string {
  const t = useWords(logMessages)
  const format = useFormat()
  const may = useMay()
  const people = useReadNow<Page<{ id: string; name: LocalText }>>(
    '/api/people',
    { limit: 200 },
    may('person.read'),
  )
  return ({ noun, actor }) => {
    if (!actor) return t.erased
    if (noun !== 'publication') return actor.name
    const role = t.roles[actor.name] ?? actor.name
    const person = people.data?.items.find((one) => one.id === actor.id)
    return person ? `${format.text(person.name)} (${role})` : role
  }
}
