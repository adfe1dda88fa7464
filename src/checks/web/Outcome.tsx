import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { Outcome as Name } from '../run.ts'
import css from './checks.module.css'
import { checkMessages } from './messages.ts'
import type { Counts } from './shapes.ts'

export const outcomeTones: Readonly<Record<Name, Tone>> = {
  pass: 'met',
  fail: 'failing',
  error: 'partial',
  'not-run': 'unknown',
}

export function Outcome({ outcome }: { outcome: Name }) {
  const t = useWords(checkMessages)
  return <State tone={outcomeTones[outcome]}>{t.outcomes[outcome]}</State>
}

const order = ['fail', 'error', 'not-run', 'pass'] as const

/** How many assets stand how: what needs somebody comes first, what is nought is left out. */
export function OutcomeCounts({ counts }: { counts: Counts }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  const some = order.filter((outcome) => counts[outcome] > 0)
  if (some.length === 0) return <span className="quiet">{t.noAssets}</span>
  return (
    <span className={css.counts}>
      {some.map((outcome) => (
        <State key={outcome} tone={outcomeTones[outcome]}>
          <span className="tabular">
            {format.number(counts[outcome])} {t.counted[outcome]}
          </span>
        </State>
      ))}
    </span>
  )
}
