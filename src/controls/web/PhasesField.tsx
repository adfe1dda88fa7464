import { ActionIcon, Button } from '@mantine/core'
import type { Day } from '../../kernel/day.ts'
import { ChoiceField, DayField, LocalTextField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import type { Phase, Stance } from '../implementation.ts'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'

type PhasesFieldProps = {
  phases: readonly Phase[]
  today: Day
  onChange: (phases: Phase[]) => void
  error: (pointer: string) => string | null
}

/** Since when it is carried out, and what was before: whatever does not operate says why. */
export function PhasesField({ phases, today, onChange, error }: PhasesFieldProps) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const put = (at: number, part: Partial<Phase>) =>
    onChange(phases.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <fieldset className={css.list}>
      <legend>{t.implementation.phases}</legend>
      {phases.map((phase, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two phases may be alike while they are written, and none moves
        <div key={at} className={css.part}>
          <div className={css.two}>
            <DayField
              label={t.implementation.from}
              value={phase.from}
              onChange={(from) => from && put(at, { from })}
              error={error(`/${at}/from`)}
            />
            <ChoiceField
              label={t.implementation.stance}
              value={phase.stance}
              options={(Object.keys(t.stances) as Stance[]).map((value) => ({
                value,
                label: t.stances[value],
              }))}
              onChange={(stance) =>
                put(at, stance === 'operating' ? { stance, reason: null } : { stance, reason: phase.reason })
              }
            />
          </div>
          {phase.stance === 'operating' ? null : (
            <LocalTextField
              label={t.implementation.reason}
              lines
              value={phase.reason ?? {}}
              onChange={(text) => put(at, { reason: text.en || text.ja ? text : null })}
              error={error(`/${at}/reason`)}
            />
          )}
          {phases.length > 1 ? (
            <ActionIcon
              className={css.remove ?? ''}
              aria-label={`${t.implementation.removePhase} ${format.number(at + 1)}`}
              onClick={() => onChange(phases.filter((_, index) => index !== at))}
            >
              <Icon name="close" />
            </ActionIcon>
          ) : null}
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Icon name="plus" />}
        onClick={() => onChange([...phases, { from: today, stance: 'operating', reason: null }])}
      >
        {t.implementation.addPhase}
      </Button>
    </fieldset>
  )
}
