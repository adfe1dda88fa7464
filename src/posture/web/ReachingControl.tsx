import { Link } from '@tanstack/react-router'
import type { Day } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon, type IconName } from '../../web/ui/icons.tsx'
import { State } from '../../web/ui/State.tsx'
import { coversAll } from '../relationship.ts'
import { postureMessages } from './messages.ts'
import css from './requirement.module.css'
import type { Reaching, ReasonAnswer, UnitName } from './shapes.ts'
import { Timeline } from './Timeline.tsx'
import { controlTones, useReasonText } from './words.ts'

type ReachingControlProps = { one: Reaching; unit: UnitName; day: Day }

/** A control that reaches the requirement: how far, how it stands, who sees to it, and why it stands so. */
export function ReachingControl({ one, unit, day }: ReachingControlProps) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const { control } = one
  const reasons = one.reasons.toSorted((a, b) => weight(a) - weight(b))
  return (
    <article className={css.control}>
      <div className={css.head}>
        <State tone={controlTones[one.state]}>{t.controlStates[one.state]}</State>
        <Link to="/app/controls/$id" params={{ id: control.id }} className={css.name ?? ''}>
          <code>{control.code}</code> {format.text(control.name)}
        </Link>
      </div>
      <dl className={css.about}>
        <div>
          <dt>{t.reach}</dt>
          <dd>
            <Reach one={one} />
          </dd>
        </div>
        <div>
          <dt>{t.units}</dt>
          <dd>{one.inheritedFrom ? t.inheritedFrom(format.text(one.inheritedFrom.name)) : t.ownHere}</dd>
        </div>
        <div>
          <dt>{t.owner}</dt>
          <dd data-nobody={one.owner === null || undefined}>
            {one.owner ? format.text(one.owner.name) : t.nobody}
          </dd>
        </div>
      </dl>
      <ul className={css.reasons}>
        {reasons.map((reason) => (
          <Reason key={JSON.stringify(reason)} reason={reason} />
        ))}
      </ul>
      {control.reviewed ? null : <p className={css.note}>{t.unreviewed}</p>}
      {one.state === 'absent' ? null : (
        <Timeline
          controlId={control.id}
          name={`${control.code} ${format.text(control.name)}`}
          unit={unit}
          day={day}
        />
      )}
    </article>
  )
}

/** How far the control reaches, by which way, and in whose words. */
function Reach({ one }: { one: Reaching }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const steps = one.path.slice(0, -1).map(({ to }) => to)
  const whys = one.path.flatMap(({ why }) => (why ? [format.text(why)] : []))
  return (
    <>
      <span data-part={!coversAll(one.relationship) || undefined}>{t.reaches[one.relationship]}</span>
      {steps.length > 0 ? <span className="quiet"> {t.through(steps.join(' › '))}</span> : null}
      {whys.map((why) => (
        <p key={why} className={css.why}>
          {why}
        </p>
      ))}
    </>
  )
}

const against = /^(control\.(none|ended|excluded|planned|not-implemented)|.*\.(failed|missed|rejected))$/
const speaksFor = /\.(valid|passed)$/

const weight = ({ code }: ReasonAnswer): number => (against.test(code) ? 0 : speaksFor.test(code) ? 1 : 2)

const looks: readonly [tone: string, icon: IconName][] = [
  ['failing', 'cross'],
  ['met', 'check'],
  ['unknown', 'question'],
]

function Reason({ reason }: { reason: ReasonAnswer }) {
  const reasonText = useReasonText()
  const [tone, icon] = looks[weight(reason)] ?? ['unknown', 'question' as const]
  return (
    <li data-tone={tone}>
      <Icon name={reason.code === 'occurrence.open' ? 'clock' : icon} size={12} />
      {reason.evidence ? (
        <Link to="/app/evidence/$id" params={{ id: reason.evidence.id }}>
          {reasonText(reason)}
        </Link>
      ) : (
        <span>{reasonText(reason)}</span>
      )}
    </li>
  )
}
