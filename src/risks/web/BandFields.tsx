import { Button, Checkbox } from '@mantine/core'
import { ChoiceField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type Band, tones } from '../method.ts'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'

type BandFieldsProps = {
  bands: Band[]
  onChange: (bands: Band[]) => void
  error: (pointer: string) => string | null
}

/** The levels that a risk can have, from the lowest, with what each of them demands. */
export function BandFields({ bands, onChange, error }: BandFieldsProps) {
  const t = useWords(riskMessages)
  const put = (at: number, part: Partial<Band>) =>
    onChange(bands.map((band, index) => (index === at ? { ...band, ...part } : band)))
  return (
    <fieldset className={css.part}>
      <legend>{t.method.bands}</legend>
      {bands.map((band, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bands may be alike while they are written, and none moves
        <div key={at} className={css.part}>
          <LocalTextField
            label={t.method.form.band(String(at + 1))}
            value={band.name}
            onChange={(name) => put(at, { name })}
            error={error(`/bands/${at}/name`)}
          />
          <div className={css.two}>
            <TextField
              label={t.method.form.key}
              mono
              required
              value={band.key}
              onChange={(key) => put(at, { key })}
              error={error(`/bands/${at}/key`)}
            />
            <ChoiceField
              label={t.method.form.tone}
              value={band.tone}
              options={tones.map((tone) => ({ value: tone, label: t.method.form.tones[tone] }))}
              onChange={(tone) => put(at, { tone })}
            />
          </div>
          <Checkbox
            label={t.method.acceptable}
            checked={band.acceptable}
            onChange={(event) => put(at, { acceptable: event.currentTarget.checked })}
            error={error(`/bands/${at}/acceptable`)}
          />
          <LocalTextField
            label={t.method.demand}
            lines
            value={band.demand}
            onChange={(demand) => put(at, { demand })}
            error={error(`/bands/${at}/demand`)}
          />
        </div>
      ))}
      <div className={css.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={bands.length >= 7}
          onClick={() =>
            onChange([...bands, { key: '', name: {}, tone: 'severe', acceptable: false, demand: {} }])
          }
        >
          {t.method.form.addBand}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={bands.length <= 2}
          onClick={() => onChange(bands.slice(0, -1))}
        >
          {t.method.form.removeBand}
        </Button>
      </div>
    </fieldset>
  )
}
