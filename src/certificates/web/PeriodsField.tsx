import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import type { Day } from '../../kernel/day.ts'
import type { Option } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import css from './certificates.module.css'
import { certificateMessages } from './messages.ts'

export type Period = { id: string; from: Day | null; to: Day | null }

type PeriodsFieldProps = {
  label: string
  value: readonly Period[]
  options: readonly Option[]
  onChange: (value: Period[]) => void
  error: string | null
}

/** Who or what belongs to a certificate, each with first and last day; an empty day is open. */
export function PeriodsField({ label, value, options, onChange, error }: PeriodsFieldProps) {
  const t = useWords(certificateMessages)
  const change = (at: number, part: Partial<Period>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <fieldset className={css.periods}>
      <legend>{label}</legend>
      {value.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same holder may stand in the list twice
        <div key={at} className={css.period}>
          <Select
            aria-label={label}
            searchable={options.length > 8}
            data={options.map((option) => ({ ...option }))}
            value={one.id || null}
            onChange={(id) => id !== null && change(at, { id })}
          />
          <TextInput
            type="date"
            aria-label={`${label} ${at + 1}: ${t.from}`}
            value={one.from ?? ''}
            onChange={(event) => change(at, { from: event.currentTarget.value || null })}
          />
          <TextInput
            type="date"
            aria-label={`${label} ${at + 1}: ${t.to}`}
            value={one.to ?? ''}
            onChange={(event) => change(at, { to: event.currentTarget.value || null })}
          />
          <ActionIcon
            aria-label={`${t.remove}: ${label} ${at + 1}`}
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      {error ? <div className={css.wrong}>{error}</div> : null}
      <div>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => onChange([...value, { id: options[0]?.value ?? '', from: null, to: null }])}
        >
          {t.add}
        </Button>
      </div>
    </fieldset>
  )
}
