import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { checkMessages } from './messages.ts'
import type { CheckAnswer } from './shapes.ts'
import { useDataItems } from './useDataItems.ts'

/** Asks a check of evidence that is stored already. */
export function RunForm({ check, onClose }: { check: CheckAnswer; onClose: () => void }) {
  const t = useWords(checkMessages)
  const options = useDataItems(check.dataKind)
  const form = useForm<{ evidenceId: string }, unknown>({
    initial: { evidenceId: '' },
    save: ({ evidenceId }, idempotencyKey) =>
      call('POST', `/api/checks/${check.id}/runs`, {
        body: { evidenceId: evidenceId || options[0]?.value },
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  return (
    <FormDrawer title={t.runTitle} form={form} onClose={onClose} saveLabel={t.run}>
      <Notice tone={options.length === 0 ? 'partial' : 'accent'} calm>
        {options.length === 0 ? t.noData : t.runText}
      </Notice>
      {options.length > 0 ? (
        <ChoiceField
          label={t.evidence}
          value={form.values.evidenceId || (options[0]?.value ?? '')}
          options={options}
          onChange={(evidenceId) => form.set('evidenceId', evidenceId)}
          error={form.error('/evidenceId')}
        />
      ) : null}
    </FormDrawer>
  )
}
