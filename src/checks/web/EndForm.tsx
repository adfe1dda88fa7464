import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { checkMessages } from './messages.ts'
import type { CheckAnswer } from './shapes.ts'

type Draft = { on: Day | null; reason: string }

/** Ends a check: what it found stays. */
export function EndForm({ check, onClose }: { check: CheckAnswer; onClose: () => void }) {
  const t = useWords(checkMessages)
  const me = useMe()
  const form = useForm<Draft, unknown>({
    initial: { on: me.data?.today ?? null, reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/checks/${check.id}/end`, { body, version: check.version, idempotencyKey }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.endTitle} form={form} onClose={onClose} saveLabel={t.end} danger>
      <Notice tone="partial" calm>
        {t.endText}
      </Notice>
      <DayField
        label={t.on}
        required
        value={values.on}
        onChange={(on) => set('on', on)}
        error={error('/on')}
      />
      <TextField
        label={t.reason}
        lines
        required
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}
