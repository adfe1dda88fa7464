import { StandBar } from '../../web/chart/StandBar.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { postureMessages } from './messages.ts'
import css from './programme.module.css'
import type { UnitName, Verdict } from './shapes.ts'
import { unitKey } from './shapes.ts'
import { shownStates } from './words.ts'

// More squares than this would be read as a bar anyway.
const mostSquares = 24

/** How a requirement stands at each unit: a square each, in the order of the list above the table. */
export function UnitStrip({ units, verdicts }: { units: readonly UnitName[]; verdicts: readonly Verdict[] }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const said = units.map((unit, at) => {
    const state = verdicts[at]?.state ?? 'not-applicable'
    return { unit, state, text: `${format.text(unit.name)}: ${t.states[state]}` }
  })
  if (units.length > mostSquares) {
    const shares = shownStates.map((key) => ({ key, count: said.filter((one) => one.state === key).length }))
    const text = shares
      .filter(({ count }) => count > 0)
      .map(({ key, count }) => t.counted(t.states[key], format.number(count)))
    return (
      <span className={css.strip} title={text.join('\n')}>
        <span className="unseen">{text.join(', ')}</span>
        <StandBar shares={shares} />
      </span>
    )
  }
  return (
    <span className={css.strip}>
      <span className="unseen">{said.map(({ text }) => text).join(', ')}</span>
      {said.map(({ unit, state, text }) => (
        <i key={unitKey(unit)} data-state={state} title={text} aria-hidden="true" />
      ))}
    </span>
  )
}
