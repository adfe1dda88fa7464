import { Radio } from '@mantine/core'
import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type Treatment, treatmentOptions } from '../risk.ts'
import { riskMessages } from './messages.ts'
import { RecordsSelect } from './RecordsSelect.tsx'
import type { RiskRecord } from './shapes.ts'

type Draft = { from: Day | null; option: Treatment['option']; why: LocalText; controlIds: string[] }

/** Decides how a risk is treated from a day on. */
export default function TreatForm({ risk, onClose }: { risk: RiskRecord; onClose: () => void }) {
  const t = useWords(riskMessages)
  const today = useMe().data?.today ?? null
  const { treatment } = risk
  const form = useForm<Draft, unknown>({
    initial: {
      from: today,
      option: treatment?.option ?? 'modify',
      why: treatment?.why ?? {},
      controlIds: treatment?.controlIds ?? [],
    },
    save: (body, idempotencyKey) =>
      call('POST', `/api/risks/${risk.id}/treat`, { body, version: risk.version, idempotencyKey }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.form.treat(risk.code)} form={form} onClose={onClose}>
      <DayField
        label={t.form.from}
        required
        value={values.from}
        onChange={(from) => set('from', from)}
        error={error('/from')}
      />
      <Radio.Group
        label={t.form.option}
        withAsterisk
        value={values.option}
        onChange={(option) => set('option', option as Draft['option'])}
        error={error('/option')}
      >
        {treatmentOptions.map((option) => (
          <Radio
            key={option}
            mt={6}
            value={option}
            label={t.options[option]}
            description={t.optionHints[option]}
          />
        ))}
      </Radio.Group>
      <LocalTextField
        label={t.form.why}
        lines
        value={values.why}
        onChange={(why) => set('why', why)}
        error={error('/why')}
      />
      <RecordsSelect
        label={t.form.controls}
        hint={t.form.controlsHint}
        path="/api/controls"
        value={values.controlIds}
        already={risk.controls.map(({ key, ...one }) => ({ ...one, code: key }))}
        onChange={(ids) => set('controlIds', ids)}
        error={error('/controlIds')}
      />
    </FormDrawer>
  )
}
