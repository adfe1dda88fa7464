import { Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { statedReasons } from '../applicability.ts'
import { programmeFormMessages } from './messages.ts'
import css from './programmes.module.css'

type DecideFormProps = {
  programmeId: string
  requirements: readonly string[]
  applicable: boolean
  onClose: () => void
  onDecided?: () => void
}

/** Decides for one or many requirements whether they apply, from a day on. */
export default function DecideForm(props: DecideFormProps) {
  const { programmeId, requirements, applicable, onClose, onDecided } = props
  const t = useWords(programmeFormMessages)
  const format = useFormat()
  const day = useDay()
  const form = useForm<{ from: Day | null; reasons: readonly string[]; justification: LocalText }, unknown>({
    initial: { from: day, reasons: [], justification: {} },
    save: ({ from, reasons, justification }, idempotencyKey) =>
      call('POST', `/api/programmes/${programmeId}/applicability`, {
        body: {
          ...{ from, applicable, reasons: applicable ? reasons : [], requirements },
          justification: justification.en || justification.ja ? justification : null,
        },
        idempotencyKey,
      }),
    onSaved: () => {
      notifications.show({ message: t.decided })
      onClose()
      onDecided?.()
    },
  })
  const { values, set, error } = form
  const count = format.number(requirements.length)
  return (
    <FormDrawer
      title={applicable ? t.applyTitle(count) : t.excludeTitle(count)}
      form={form}
      onClose={onClose}
      saveLabel={t.decide}
    >
      <p className={css.ids}>
        {requirements.map((id) => (
          <code key={id}>{id}</code>
        ))}
      </p>
      <Notice tone={applicable ? 'unknown' : 'partial'} calm>
        {applicable ? t.applyText : t.excludeText}
      </Notice>
      <DayField
        label={t.fromDay}
        required
        value={values.from}
        onChange={(from) => set('from', from)}
        error={error('/from')}
      />
      {applicable && (
        <Checkbox.Group
          label={t.reasons}
          description={t.reasonsHint}
          value={[...values.reasons]}
          onChange={(reasons) => set('reasons', reasons)}
        >
          <div className={css.reasons}>
            {statedReasons.map((reason) => (
              <Checkbox key={reason} value={reason} label={t.reasonNames[reason]} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <LocalTextField
        lines
        label={t.justification}
        hint={t.justificationHint}
        value={values.justification}
        onChange={(justification) => set('justification', justification)}
        error={error('/justification')}
      />
    </FormDrawer>
  )
}
