import { Button } from '@mantine/core'
import { LocalTextField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import type { RiskMethod } from '../method.ts'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'

type Levels = RiskMethod['likelihood']

type LevelFieldsProps = {
  title: string
  pointer: string
  levels: Levels
  onChange: (levels: Levels) => void
  error: (pointer: string) => string | null
}

/** A scale from its lowest level to its highest, each with what it means. */
export function LevelFields({ title, pointer, levels, onChange, error }: LevelFieldsProps) {
  const t = useWords(riskMessages)
  const put = (at: number, part: Partial<Levels[number]>) =>
    onChange(levels.map((level, index) => (index === at ? { ...level, ...part } : level)))
  return (
    <fieldset className={css.part}>
      <legend>{title}</legend>
      {levels.map((level, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: levels may be alike while they are written, and none moves
        <div key={at}>
          <LocalTextField
            label={t.method.form.level(String(at + 1))}
            value={level.name}
            onChange={(name) => put(at, { name })}
            error={error(`${pointer}/${at}/name`)}
          />
          <LocalTextField
            label={t.method.form.anchor}
            lines
            value={level.anchor}
            onChange={(anchor) => put(at, { anchor })}
            error={error(`${pointer}/${at}/anchor`)}
          />
        </div>
      ))}
      <div className={css.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={levels.length >= 7}
          onClick={() => onChange([...levels, { name: {}, anchor: {} }])}
        >
          {t.method.form.addLevel}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={levels.length <= 2}
          onClick={() => onChange(levels.slice(0, -1))}
        >
          {t.method.form.removeLevel}
        </Button>
      </div>
    </fieldset>
  )
}
