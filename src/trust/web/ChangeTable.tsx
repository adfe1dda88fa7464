import { useWords } from '../../web/i18n/catalogue.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import type { Change } from '../diff.ts'
import { trustMessages } from './messages.ts'
import css from './trust.module.css'

/** What one page says and the other does not, fact by fact. */
export function ChangeTable({
  changes,
  before,
  after,
}: {
  changes: readonly Change[]
  before: string
  after: string
}) {
  const t = useWords(trustMessages)
  return (
    <Plain caption={t.changes} head={[t.place, t.fact, before, after]}>
      {changes.map((change) => (
        <tr key={`${change.section} ${change.claim} ${change.fact} ${change.language}`}>
          <td>{t.sections[change.section] ?? change.section}</td>
          <td>
            <code>{change.fact}</code>
            {change.language ? <span className="quiet"> {t.languages[change.language]}</span> : null}
          </td>
          <td className={css.change}>{change.before ?? <span className="quiet">{t.nothing}</span>}</td>
          <td className={css.change}>{change.after ?? <span className="quiet">{t.nothing}</span>}</td>
        </tr>
      ))}
    </Plain>
  )
}
