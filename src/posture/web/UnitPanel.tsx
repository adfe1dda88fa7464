import { useId, useState } from 'react'
import type { Day } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { State } from '../../web/ui/State.tsx'
import { postureMessages } from './messages.ts'
import { ReachingControl } from './ReachingControl.tsx'
import css from './requirement.module.css'
import type { Together, UnitAnswer } from './shapes.ts'
import { controlTones, requirementTones } from './words.ts'

type UnitPanelProps = { one: UnitAnswer; day: Day; startsOpen: boolean }

/** Where a requirement stands at one unit, and why: every control that reaches it, and groups that cover it together. */
export function UnitPanel({ one, day, startsOpen }: UnitPanelProps) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const [open, setOpen] = useState(startsOpen)
  const body = useId()
  const name = format.text(one.unit.name)
  return (
    <section className={css.unit}>
      <h2>
        <button
          type="button"
          className={css.fold}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setOpen(!open)}
        >
          <Icon name="chevron" size={12} />
          <span>{name}</span>
          <State tone={requirementTones[one.state]}>{t.states[one.state]}</State>
        </button>
      </h2>
      <div id={body} hidden={!open}>
        {open ? <UnitBody one={one} day={day} /> : null}
      </div>
    </section>
  )
}

function UnitBody({ one, day }: { one: UnitAnswer; day: Day }) {
  const t = useWords(postureMessages)
  return (
    <div className={css.body}>
      {one.notApplicable ? <Justification text={one.notApplicable} /> : null}
      {one.together.map((group) => (
        <TogetherGroup key={group.members.map(({ control }) => control.id).join()} group={group} />
      ))}
      {one.controls.length === 0 ? <p className="quiet">{t.noControls}</p> : null}
      {one.controls.map((reaching) => (
        <ReachingControl key={reaching.control.id} one={reaching} unit={one.unit} day={day} />
      ))}
    </div>
  )
}

/** Both languages, because auditors read what was decided, not a translation of the moment. */
function Justification({ text }: { text: NonNullable<UnitAnswer['notApplicable']> }) {
  const t = useWords(postureMessages)
  const { language } = useFormat()
  const other = language === 'en' ? 'ja' : 'en'
  return (
    <div className={css.justification}>
      <b>{t.justification}</b>
      {text[language] ? <p lang={language}>{text[language]}</p> : null}
      {text[other] && text[other] !== text[language] ? (
        <p lang={other} className="quiet">
          {text[other]}
        </p>
      ) : null}
    </div>
  )
}

function TogetherGroup({ group }: { group: Together }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  return (
    <div className={css.together}>
      <div className={css.head}>
        <State tone={controlTones[group.state]}>{t.controlStates[group.state]}</State>
        <b>{t.together}</b>
        <span className="quiet">
          {t.togetherText(group.members.map(({ control }) => control.code).join(' + '))}
        </span>
      </div>
      {group.why ? <p>{format.text(group.why)}</p> : null}
      <ul>
        {group.members.map(({ control, state }) => (
          <li key={control.id}>
            <State tone={controlTones[state]}>{t.controlStates[state]}</State> <code>{control.code}</code>{' '}
            {format.text(control.name)}
          </li>
        ))}
      </ul>
    </div>
  )
}
