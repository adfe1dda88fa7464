import { useState } from 'react'
import { addDays, addMonths, type Day, daysBetween } from '../../kernel/day.ts'
import { useRead } from '../../web/data.ts'
import { ChoiceField, DayField } from '../../web/form/fields.tsx'
import { useMe } from '../../web/frame/me.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { Places } from './names.ts'
import type { ControlRecord, ControlState, PlaceAnswer } from './shapes.ts'
import { controlTones } from './standing.tsx'

type Span = { from: Day; to: Day; state: ControlState }
type Answer = { spans: Span[]; gaps: { from: Day; to: Day; days: number }[] }

const keyOf = (place: Pick<PlaceAnswer, 'entityId' | 'serviceId'>) =>
  `${place.entityId} ${place.serviceId ?? ''}`

/** How a control stood at one place throughout a window, drawn and as a table, with the gaps named. */
export default function Effectiveness({ control, places }: { control: ControlRecord; places: Places }) {
  const t = useWords(controlMessages)
  const me = useMe().data
  const { asOf } = useTimes()
  const today = asOf ?? me?.today ?? '1970-01-01'
  const carrying = control.places.filter((one) => one.kind !== 'none')
  const choices = carrying.length > 0 ? carrying : control.places
  const [chosen, setChosen] = useState(() =>
    keyOf(choices.find((one) => one.kind === 'own') ?? choices[0] ?? { entityId: '', serviceId: null }),
  )
  const [from, setFrom] = useState(addMonths(today, -12))
  const [to, setTo] = useState(today)
  const [entity = '', service = ''] = chosen.split(' ')
  const read = useRead<Answer>(
    `/api/posture/controls/${control.id}/effectiveness`,
    { entity, service, from, to },
    entity !== '' && from <= to,
  )
  const name = places.place({ entityId: entity, serviceId: service || null })
  return (
    <>
      <div className={css.window}>
        <ChoiceField
          label={t.effectiveness.place}
          value={chosen}
          options={choices.map((one) => ({ value: keyOf(one), label: places.place(one) }))}
          onChange={setChosen}
        />
        <DayField label={t.effectiveness.from} value={from} onChange={(day) => day && setFrom(day)} />
        <DayField label={t.effectiveness.to} value={to} onChange={(day) => day && setTo(day)} />
      </div>
      <p className="quiet">{t.effectiveness.lead}</p>
      <Loaded read={read}>{(answer) => <Timeline answer={answer} from={from} to={to} place={name} />}</Loaded>
    </>
  )
}

type TimelineProps = { answer: Answer; from: Day; to: Day; place: string }

function Timeline({ answer, from, to, place }: TimelineProps) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const words = (span: Span) =>
    `${t.stateOf[span.state]} ${format.shortDay(span.from)} – ${format.shortDay(span.to)}`
  return (
    <>
      <Bar
        spans={answer.spans}
        from={from}
        to={to}
        alternative={t.effectiveness.alternative(place, answer.spans.map(words).join('; '))}
      />
      <div className={css.split}>
        <Section title={t.effectiveness.spans}>
          <Plain
            caption={t.effectiveness.spans}
            head={[t.effectiveness.state, t.effectiveness.from, t.effectiveness.to, t.effectiveness.length]}
          >
            {answer.spans.toReversed().map((span) => (
              <tr key={span.from}>
                <td>
                  <State tone={controlTones[span.state]}>{t.stateOf[span.state]}</State>
                </td>
                <td>{format.shortDay(span.from)}</td>
                <td>{format.shortDay(span.to)}</td>
                <td>{format.number(daysBetween(span.from, span.to) + 1)}</td>
              </tr>
            ))}
          </Plain>
        </Section>
        <Section title={t.effectiveness.gaps}>
          {answer.gaps.length === 0 ? <p className="quiet">{t.effectiveness.noGaps}</p> : null}
          <ul className={css.lines}>
            {answer.gaps.map((gap) => (
              <li key={gap.from}>
                <span>
                  {format.shortDay(gap.from)} – {format.shortDay(gap.to)}
                </span>
                <strong className="tabular">{t.effectiveness.gapDays(format.number(gap.days))}</strong>
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </>
  )
}

type BarProps = { spans: readonly Span[]; from: Day; to: Day; alternative: string }

const width = 1000

/** First days of months (of years, in a long window), for the axis. */
function ticks(from: Day, to: Day): Day[] {
  const length = daysBetween(from, to)
  const step = length > 900 ? 12 : length > 200 ? 3 : 1
  const first = step === 12 ? `${from.slice(0, 4)}-01-01` : `${from.slice(0, 7)}-01`
  const count = Math.ceil(length / (step * 28)) + 1
  return Array.from({ length: count }, (_, index) => addMonths(first, step * (index + 1))).filter(
    (day) => day <= to,
  )
}

/** The window as one bar. Failing stands taller and unknown is hatched, so that colour is never alone. */
function Bar({ spans, from, to, alternative }: BarProps) {
  const format = useFormat()
  const total = daysBetween(from, to) + 1
  const at = (day: Day) => (Math.max(0, daysBetween(from, day)) / total) * width
  const months = ticks(from, to)
  return (
    <figure className={css.timeline}>
      <svg viewBox={`0 0 ${width} 34`} preserveAspectRatio="none" role="img" aria-label={alternative}>
        <defs>
          <pattern
            id="effectiveness-hatch"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className={css.hatchGround} width="6" height="6" />
            <rect className={css.hatchLine} width="2" height="6" />
          </pattern>
        </defs>
        {spans.map((span) => {
          const x = at(span.from)
          const end = at(addDays(span.to, 1))
          const tall = span.state === 'failing'
          return (
            <rect
              key={span.from}
              data-state={span.state}
              x={x}
              y={tall ? 2 : 8}
              width={Math.max(end - x, 1.5)}
              height={tall ? 30 : 18}
            />
          )
        })}
        {months.map((day) => (
          <line key={day} x1={at(day)} x2={at(day)} y1={0} y2={34} />
        ))}
      </svg>
      <div className={css.ticks} aria-hidden="true">
        {months.map((day) => (
          <span key={day} style={{ insetInlineStart: `${(at(day) / width) * 100}%` }}>
            {format.month(day)}
          </span>
        ))}
      </div>
    </figure>
  )
}
