import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { State } from '../../web/ui/State.tsx'
import css from './certificates.module.css'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { CertificateAnswer } from './shapes.ts'
import { useWarningText } from './Warnings.tsx'

type AttentionProps = { items: readonly CertificateAnswer[]; names: Names }

/** What would trouble the next audit, each with the record to mend. */
export function Attention({ items, names }: AttentionProps) {
  const t = useWords(certificateMessages)
  const textOf = useWarningText()
  const rank = { high: 0, medium: 1, low: 2 }
  const all = items
    .flatMap((one) => one.warnings.map((warning) => ({ one, warning })))
    .toSorted((a, b) => rank[a.warning.severity] - rank[b.warning.severity])
    .slice(0, 12)
  if (all.length === 0) return <p className="quiet">{t.home.allQuiet}</p>
  return (
    <ul>
      {all.map(({ one, warning }) => (
        <li key={`${one.id} ${warning.code} ${warning.due}`} className={css.due}>
          <State
            tone={
              warning.severity === 'high' ? 'failing' : warning.severity === 'medium' ? 'partial' : 'none'
            }
          >
            {names.scheme(one.scheme)}
          </State>
          <Link to="/app/certificates/$id" params={{ id: one.id }}>
            {textOf(warning)}
          </Link>
          <small>{warning.source}</small>
        </li>
      ))}
    </ul>
  )
}
