import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { addDays } from '../../kernel/day.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { Severity } from '../breaks.ts'
import { postureMessages } from './messages.ts'
import css from './posture.module.css'
import { type BreakAnswer, type ReasonAnswer, unitKey } from './shapes.ts'
import { useWithinScope } from './within.ts'
import { useReasonText } from './words.ts'

const tones: Record<Severity, Tone> = {
  failing: 'failing',
  'not-assessed': 'unknown',
  'will-fail': 'partial',
  'will-lapse': 'partial',
}

/** What will break the next audit, the most urgent first: each with why, whose task it is and when. */
export function Breaks({ limit, first = limit }: { limit: number; first?: number }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const within = useWithinScope()
  const [all, setAll] = useState(false)
  const read = useRead<{ items: BreakAnswer[] }>('/api/posture/breaks', { limit })
  return (
    <Loaded read={read}>
      {({ items }) => {
        const here = alike(items.filter((one) => within(one.unit.entityId)))
        if (here.length === 0) return <p className="quiet">{t.breaks.none}</p>
        const shown = all ? here : here.slice(0, first)
        const rest = here.length - first
        return (
          <>
            <ol className={css.breaks}>
              {shown.map((group) => (
                <Break key={`${group[0].control.id} ${unitKey(group[0].unit)}`} group={group} />
              ))}
            </ol>
            {rest > 0 ? (
              <button type="button" className={css.rest} aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? t.breaks.fewer : t.breaks.more(format.number(rest))}
              </button>
            ) : null}
          </>
        )
      }}
    </Loaded>
  )
}

type Group = [BreakAnswer, ...BreakAnswer[]]

/** The same control in the same trouble at several units is one thing to mend. */
function alike(items: readonly BreakAnswer[]): Group[] {
  const groups = new Map<string, Group>()
  for (const one of items) {
    const { code, said } = one.reasons[0] ?? { code: null, said: null }
    const key = JSON.stringify([one.control.id, one.severity, one.breaksOn, one.owner?.id, code, said])
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

/** What fails comes first already; of what holds today, only what ends on the day before says why it will not. */
function tellingReason({ reasons, severity, breaksOn }: BreakAnswer): ReasonAnswer | undefined {
  if (severity !== 'will-fail' && severity !== 'will-lapse') return reasons[0]
  return reasons.find(({ days }) => [days.dueBy, days.until].includes(addDays(breaksOn, -1)))
}

function Break({ group }: { group: Group }) {
  const [one] = group
  const t = useWords(postureMessages)
  const format = useFormat()
  const reasonText = useReasonText()
  const reason = tellingReason(one)
  const later = one.severity === 'will-fail' || one.severity === 'will-lapse' ? one.severity : null
  const separator = format.language === 'ja' ? '、' : ', '
  const requirements = Math.max(...group.map((each) => each.requirements))
  const audit = group.flatMap(({ nextAudit }) => nextAudit ?? []).toSorted()[0]
  return (
    <li className={css.break}>
      <div className={css.severity}>
        <State tone={tones[one.severity]} {...(later ? { icon: 'clock' as const } : {})}>
          {t.breaks.severities[one.severity]}
        </State>
        {later ? <small>{t.breaks.on(format.shortDay(one.breaksOn))}</small> : null}
      </div>
      <div>
        <Link to="/app/controls/$id" params={{ id: one.control.id }} className={css.name ?? ''}>
          <code>{one.control.code}</code> {format.text(one.control.name)}
        </Link>
        <span className={css.where}>{group.map(({ unit }) => format.text(unit.name)).join(separator)}</span>
        <p>{reason ? reasonText(reason) : later ? t.breaks.unless[later] : null}</p>
      </div>
      <div className={css.facts}>
        <span data-nobody={one.owner === null || undefined}>
          {one.owner ? format.text(one.owner.name) : t.breaks.nobody}
        </span>
        <small>
          {t.breaks.needs(format.number(requirements))}
          {audit ? ` · ${t.breaks.audit(format.shortDay(audit))}` : ''}
        </small>
      </div>
    </li>
  )
}
