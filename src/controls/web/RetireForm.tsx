import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Day } from '../../kernel/day.ts'
import { ApiProblem, call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { controlMessages } from './messages.ts'
import type { ControlRecord } from './shapes.ts'

type Values = { on: Day | null; reason: string; despite: boolean }

/**
 * Retires a control; refused while somebody still carries it out. What cites it is named by the refusal, and has to be
 * confirmed.
 */
export default function RetireForm({ control, onClose }: { control: ControlRecord; onClose: () => void }) {
  const t = useWords(controlMessages)
  const [cited, setCited] = useState(false)
  const form = useForm<Values, unknown>({
    initial: { on: useMe().data?.today ?? null, reason: '', despite: false },
    save: (body, idempotencyKey) =>
      call('POST', `/api/controls/${control.id}/retire`, {
        ...{ body, version: control.version, idempotencyKey },
      }).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.code === 'control.cited') setCited(true)
        throw error
      }),
    onSaved: onClose,
  })
  return (
    <FormDrawer
      title={t.retireTitle(control.code)}
      form={form}
      onClose={onClose}
      saveLabel={t.retire.replace('…', '')}
      danger
    >
      <Notice tone="partial">{t.retireText}</Notice>
      <DayField
        label={t.form.on}
        required
        value={form.values.on}
        onChange={(on) => form.set('on', on)}
        error={form.error('/on')}
      />
      <TextField
        label={t.form.reason}
        hint={t.form.reasonHint}
        required
        lines
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.error('/reason')}
      />
      {cited ? (
        <Checkbox
          label={t.retireDespite}
          checked={form.values.despite}
          onChange={(event) => form.set('despite', event.currentTarget.checked)}
        />
      ) : null}
    </FormDrawer>
  )
}
