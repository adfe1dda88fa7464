import { useWords } from '../../web/i18n/catalogue.ts'
import type { FieldChange } from '../change.ts'
import css from './log.module.css'
import { logMessages } from './messages.ts'

function shown(value: unknown, none: string): string {
  if (value === null || value === undefined) return none
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What was before and what was after, field by field. */
export function Changes({ changes }: { changes: readonly FieldChange[] }) {
  const t = useWords(logMessages)
  return changes.map(({ field, before, after }) => (
    <div key={field} className={css.change}>
      <code>{field}</code>
      <del>
        <span className="unseen">{t.before}: </span>
        {shown(before, t.none)}
      </del>
      <ins>
        <span className="unseen">{t.after}: </span>
        {shown(after, t.none)}
      </ins>
    </div>
  ))
}
