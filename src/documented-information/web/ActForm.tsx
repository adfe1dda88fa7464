import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { documentedMessages } from './messages.ts'

export type DocumentAct = 'approval' | 'withdrawal'

type ActFormProps = { id: string; version: number; act: DocumentAct; onClose: () => void }

/** Approves or withdraws a named document: says what follows, and asks for a reason where the log needs one. */
export function ActForm({ id, version, act, onClose }: ActFormProps) {
  const t = useWords(documentedMessages)
  const form = useForm<{ reason: string }, unknown>({
    initial: { reason: '' },
    save: ({ reason }, idempotencyKey) =>
      call('POST', `/api/named-documents/${id}/${act}`, {
        body: act === 'withdrawal' ? { reason } : {},
        version,
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const approves = act === 'approval'
  return (
    <FormDrawer
      title={approves ? t.approveTitle : t.withdrawTitle}
      form={form}
      onClose={onClose}
      saveLabel={approves ? t.approve : t.withdraw}
      danger={!approves}
    >
      <Notice tone="partial" calm>
        {approves ? t.approveText : t.withdrawText}
      </Notice>
      {approves ? null : (
        <TextField
          label={t.reason}
          required
          lines
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      )}
    </FormDrawer>
  )
}
