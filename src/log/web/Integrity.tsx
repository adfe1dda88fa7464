import { Tooltip } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import css from './log.module.css'
import { logMessages } from './messages.ts'

/** How much stands behind an entry, from 0 (recorded) to 4 (signed by the auditor). Never says verified below 2. */
export function Integrity({ level, words }: { level: number; words?: boolean }) {
  const t = useWords(logMessages)
  const text = t.levels[level] ?? ''
  const label = t.levelOf(String(level), text)
  return (
    <Tooltip label={level < 2 ? `${label}. ${t.levelHint}` : label} multiline w={280}>
      <span className={css.badge}>
        <span className={css.steps} role="img" aria-label={label}>
          {[1, 2, 3, 4].map((step) => (
            <i key={step} data-on={step <= level || undefined} />
          ))}
        </span>
        {words ? text : <span className="tabular">{level}</span>}
      </span>
    </Tooltip>
  )
}
