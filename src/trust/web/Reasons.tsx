import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { trustMessages } from './messages.ts'
import type { ReasonAnswer } from './shapes.ts'
import css from './trust.module.css'

/** Where the record that a reason names is mended. */
function addressOf({ noun, id }: ReasonAnswer['record']): { to: string; search: Record<string, string> } {
  if (noun === 'certificate') return { to: `/app/certificates/${id}`, search: {} }
  if (noun === 'entity' || noun === 'service')
    return { to: '/app/organisation', search: { open: `${noun}-${id}` } }
  if (noun === 'page_text') return { to: '/app/trust', search: { tab: 'texts', open: id } }
  return { to: '/app/certificates', search: {} }
}

/** Every reason against publishing, each with the way to the record to mend. */
export function Reasons({ reasons }: { reasons: readonly ReasonAnswer[] }) {
  const t = useWords(trustMessages)
  const format = useFormat()
  if (reasons.length === 0) return null
  return (
    <Notice tone="failing" calm>
      <strong>{t.refused(format.number(reasons.length))}</strong>
      <ul className={css.reasons}>
        {reasons.map((reason) => (
          <li key={`${reason.code} ${reason.record.id} ${reason.text.en}`}>
            {reason.text[format.language]}
            <Link {...addressOf(reason.record)}>{t.mend}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
