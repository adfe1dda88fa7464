import { Button } from '@mantine/core'
import { LocalTextField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { RiskMethod } from '../method.ts'
import type { MethodDraft } from './MethodForm.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'

type Areas = RiskMethod['areas']

type AreaFieldsProps = {
  draft: MethodDraft
  onChange: (areas: Areas) => void
  error: (pointer: string) => string | null
}

/** Where a consequence is felt, with an anchor for each level of the scale. */
export function AreaFields({ draft, onChange, error }: AreaFieldsProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const { areas, consequence } = draft
  const put = (at: number, part: Partial<Areas[number]>) =>
    onChange(areas.map((area, index) => (index === at ? { ...area, ...part } : area)))
  return (
    <fieldset className={css.part}>
      <legend>{t.method.areas}</legend>
      {areas.map((area, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: areas may be alike while they are written, and none moves
        <div key={at} className={css.part}>
          <LocalTextField
            label={t.method.form.area}
            value={area.name}
            onChange={(name) => put(at, { name })}
            error={error(`/areas/${at}/name`)}
          />
          {consequence.map((level, index) => (
            <LocalTextField
              // biome-ignore lint/suspicious/noArrayIndexKey: the scales have an order and nothing else
              key={index}
              label={`${index + 1} ${format.text(level.name)}`}
              value={area.anchors[index] ?? {}}
              onChange={(anchor) =>
                put(at, { anchors: area.anchors.map((one, place) => (place === index ? anchor : one)) })
              }
              error={error(`/areas/${at}/anchors/${index}`)}
            />
          ))}
          <div>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              onClick={() => onChange(areas.filter((_, index) => index !== at))}
            >
              {t.method.form.removeArea(format.text(area.name))}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          disabled={areas.length >= 12}
          onClick={() => onChange([...areas, { name: {}, anchors: consequence.map(() => ({})) }])}
        >
          {t.method.form.addArea}
        </Button>
      </div>
    </fieldset>
  )
}
