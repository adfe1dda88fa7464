import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { Owned, RiskRecord } from './shapes.ts'

/** Whose a risk was until the day in view; nothing where it was always the same person's. */
export function Owners({ risk }: { risk: RiskRecord }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  if (risk.owners.length < 2) return null
  const days = ({ from, to }: Owned) =>
    to === null
      ? t.owners.since(format.shortDay(from ?? risk.identifiedOn))
      : t.owners.days(format.shortDay(from ?? risk.identifiedOn), format.shortDay(to))
  return (
    <Section title={t.owners.title}>
      <ul className={css.owners}>
        {risk.owners.map((one) => (
          <li key={one.from ?? ''}>
            <span>
              {one.person ? format.text(one.person.name) : <span className="quiet">{t.nobody}</span>}
            </span>
            <span className="quiet tabular">{days(one)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
