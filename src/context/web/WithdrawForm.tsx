import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { scopeMessages } from './scope-messages.ts'
import type { ScopeVersion } from './shapes.ts'

/** Gives a draft up, or takes a version out of force, with the reason. */
export default function WithdrawForm({ one, onClose }: { one: ScopeVersion; onClose: () => void }) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const form = useForm<{ reason: string }, unknown>({
    initial: { reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/scope-statements/${one.id}/withdraw`, {
        ...{ body, version: one.version, idempotencyKey },
      }),
    onSaved: onClose,
  })
  return (
    <FormDrawer
      title={t.withdrawTitle(format.number(one.number))}
      form={form}
      onClose={onClose}
      saveLabel={t.withdraw}
      danger
    >
      <p className="quiet">{t.withdrawText}</p>
      <TextField
        label={t.reason}
        required
        lines
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.error('/reason')}
      />
    </FormDrawer>
  )
}
