import { ActionIcon, Button } from '@mantine/core'
import { addDays, addMonths, type Day } from '../../kernel/day.ts'
import { DayField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { programmeFormMessages } from './messages.ts'
import css from './programmes.module.css'

/** A cycle while it is written: a day may still be missing. */
export type CycleDraft = { from: Day | null; to: Day | null; auditOn: Day | null }

type CyclesFieldProps = {
  value: readonly CycleDraft[]
  onChange: (value: CycleDraft[]) => void
  error: string | null
}

/** A year after the one before it, because that is what most cycles are. */
function following(last: CycleDraft | undefined): CycleDraft {
  const from = last?.to ? addDays(last.to, 1) : null
  return { from, to: from && addDays(addMonths(from, 12), -1), auditOn: null }
}

/** The cycles of a programme, one after another. */
export function CyclesField({ value, onChange, error }: CyclesFieldProps) {
  const t = useWords(programmeFormMessages)
  const format = useFormat()
  const change = (at: number, part: Partial<CycleDraft>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <fieldset className={css.cycles}>
      <legend>{t.cycles}</legend>
      {value.map((one, at) => {
        const name = t.cycle(format.number(at + 1))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cycle has no other name than its place
          <fieldset key={at} className={css.cycle}>
            <legend className="unseen">{name}</legend>
            <DayField label={t.from} value={one.from} onChange={(from) => change(at, { from })} />
            <DayField label={t.to} value={one.to} onChange={(to) => change(at, { to })} />
            <DayField label={t.auditOn} value={one.auditOn} onChange={(auditOn) => change(at, { auditOn })} />
            <ActionIcon
              aria-label={t.remove(name)}
              disabled={value.length === 1}
              onClick={() => onChange(value.filter((_, index) => index !== at))}
            >
              <Icon name="close" />
            </ActionIcon>
          </fieldset>
        )
      })}
      {error ? <div className={css.wrong}>{error}</div> : null}
      <div>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => onChange([...value, following(value.at(-1))])}
        >
          {t.addCycle}
        </Button>
      </div>
    </fieldset>
  )
}
