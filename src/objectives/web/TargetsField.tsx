import { ActionIcon, Button, NumberInput } from '@mantine/core'
import { DayField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { objectiveMessages } from './messages.ts'
import css from './objectives.module.css'

/** A target as somebody is writing it. */
export type OpenTarget = { by: string | null; value: number | string; upper: number | string | null }

type TargetsFieldProps = {
  /** A value that is to stay within limits has two of them. */
  within: boolean
  value: readonly OpenTarget[]
  onChange: (value: OpenTarget[]) => void
  error: (pointer: string) => string | null
}

/** Targets in the order of their days: each holds from its day until the next. */
export function TargetsField({ within, value, onChange, error }: TargetsFieldProps) {
  const t = useWords(objectiveMessages)
  const put = (at: number, part: Partial<OpenTarget>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <fieldset className={css.list}>
      <legend>{t.targets}</legend>
      {value.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike while they are written, and none moves
        <div key={at} className={css.target}>
          <DayField
            label={t.by}
            value={one.by}
            onChange={(by) => put(at, { by })}
            error={error(`/targets/${at}/by`)}
          />
          <NumberInput
            label={within ? t.lower : t.targetValue}
            hideControls
            value={one.value}
            onChange={(next) => put(at, { value: next })}
            error={error(`/targets/${at}/value`)}
          />
          {within ? (
            <NumberInput
              label={t.upper}
              hideControls
              value={one.upper ?? ''}
              onChange={(next) => put(at, { upper: next })}
              error={error(`/targets/${at}/upper`)}
            />
          ) : (
            <span />
          )}
          <ActionIcon
            aria-label={t.removeTarget(String(at + 1))}
            disabled={value.length === 1}
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="plus" />}
          onClick={() => onChange([...value, { by: null, value: '', upper: null }])}
        >
          {t.addTarget}
        </Button>
      </div>
    </fieldset>
  )
}
