import { NumberInput, Radio } from '@mantine/core'
import { addDays, type Day } from '../../kernel/day.ts'
import { ChoiceField, DayField, LocalTextField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import type { Frequency } from '../frequency.ts'
import type { Phase } from '../implementation.ts'
import { periodsBetween } from '../periods.ts'
import { phaseOn } from '../phases.ts'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import { useFrequencyWords } from './words.ts'

type Kind = Frequency['kind'] | 'none'

type FrequencyFieldProps = {
  value: Frequency | null
  phases: readonly Phase[]
  today: Day
  onChange: (value: Frequency | null) => void
  error: (pointer: string) => string | null
}

const begin = (kind: Kind, today: Day): Frequency | null => {
  const anchor = `${today.slice(0, 8)}01`
  if (kind === 'calendar') return { kind, every: '3-months', anchor, graceDays: 0 }
  if (kind === 'own') return { kind, days: 180, anchor, graceDays: 0, justification: {} }
  return kind === 'event' ? { kind, trigger: {}, withinDays: 30 } : null
}

/** How often, in words; below it what the choice puts on the calendar next. */
export function FrequencyField({ value, phases, today, onChange, error }: FrequencyFieldProps) {
  const t = useWords(controlMessages)
  const words = useFrequencyWords()
  const kind: Kind = value?.kind ?? 'none'
  return (
    <fieldset className={css.list}>
      <legend>{t.frequency.label}</legend>
      <Radio.Group
        aria-label={t.frequency.label}
        value={kind}
        onChange={(next) => onChange(begin(next as Kind, today))}
      >
        <div className={css.radios}>
          {(Object.keys(t.frequency.kinds) as Kind[]).map((one) => (
            <Radio
              key={one}
              size="xs"
              value={one}
              label={t.frequency.kinds[one]}
              description={t.frequency.kindHints[one]}
            />
          ))}
        </div>
      </Radio.Group>
      {value?.kind === 'calendar' || value?.kind === 'own' ? (
        <Recurring value={value} onChange={onChange} error={error} />
      ) : null}
      {value?.kind === 'event' ? (
        <>
          <LocalTextField
            label={t.frequency.trigger}
            value={value.trigger}
            onChange={(trigger) => onChange({ ...value, trigger })}
            error={error('/trigger')}
          />
          <NumberInput
            label={t.frequency.within}
            min={0}
            max={366}
            clampBehavior="none"
            value={value.withinDays}
            error={error('/withinDays')}
            onChange={(days) => onChange({ ...value, withinDays: Number(days) })}
          />
        </>
      ) : null}
      {value ? <p className={css.sentence}>{words(value)}</p> : null}
      {value && value.kind !== 'event' ? <Preview value={value} phases={phases} today={today} /> : null}
    </fieldset>
  )
}

type RecurringProps = {
  value: Exclude<Frequency, { kind: 'event' }>
  onChange: (value: Frequency) => void
  error: (pointer: string) => string | null
}

function Recurring({ value, onChange, error }: RecurringProps) {
  const t = useWords(controlMessages)
  return (
    <>
      <div className={css.two}>
        {value.kind === 'calendar' ? (
          <ChoiceField
            label={t.frequency.every}
            value={value.every}
            options={(Object.keys(t.frequency.periods) as (typeof value.every)[]).map((each) => ({
              value: each,
              label: t.frequency.periods[each],
            }))}
            onChange={(every) => onChange({ ...value, every })}
            error={error('/every')}
          />
        ) : (
          <NumberInput
            label={t.frequency.days}
            min={1}
            max={1830}
            clampBehavior="none"
            value={value.days}
            error={error('/days')}
            onChange={(days) => onChange({ ...value, days: Number(days) })}
          />
        )}
        <DayField
          label={t.frequency.anchor}
          value={value.anchor}
          onChange={(anchor) => anchor && onChange({ ...value, anchor })}
          error={error('/anchor')}
        />
        <NumberInput
          label={t.frequency.grace}
          description={t.frequency.graceHint}
          min={0}
          max={92}
          clampBehavior="none"
          value={value.graceDays}
          error={error('/graceDays')}
          onChange={(days) => onChange({ ...value, graceDays: Number(days) })}
        />
      </div>
      {value.kind === 'own' ? (
        <LocalTextField
          label={t.frequency.justification}
          lines
          value={value.justification}
          onChange={(justification) => onChange({ ...value, justification })}
          error={error('/justification')}
        />
      ) : null}
    </>
  )
}

const shownPeriods = 5

/** The next periods with their due days; those in which nothing operates say so. */
function Preview({ value, phases, today }: { value: Frequency; phases: readonly Phase[]; today: Day }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  if (value.kind === 'event' || (value.kind === 'own' && !(value.days >= 1))) return null
  const from = value.anchor > today ? value.anchor : today
  const periods = periodsBetween(value, from, addDays(from, 1900)).slice(0, shownPeriods)
  return (
    <div className={css.preview} aria-live="polite">
      <Plain caption={t.frequency.preview} head={[t.frequency.period, t.frequency.due]}>
        {periods.map((period) => (
          <tr key={period.from}>
            <td>
              {format.shortDay(period.from)} – {format.shortDay(period.to)}
            </td>
            <td>
              {phaseOn({ phases: [...phases], endedOn: null }, period.from)?.stance === 'operating' ? (
                <strong>{format.shortDay(period.dueBy)}</strong>
              ) : (
                <span className="quiet">{t.frequency.notOperating}</span>
              )}
            </td>
          </tr>
        ))}
      </Plain>
    </div>
  )
}
