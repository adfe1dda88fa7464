import type { Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { itemsOf, type RefusedBulk } from './bulk.ts'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import { registerMessages } from './register-messages.ts'
import type { BulkAnswer, CertificateAnswer } from './shapes.ts'

type Draft = { entityId: string; to: Day | null; reason: string }

type BulkEndHolderProps = {
  rows: readonly CertificateAnswer[]
  names: Names
  day: Day
  onAnswer: (answer: BulkAnswer, again: RefusedBulk['again']) => void
  onClose: () => void
}

/** Ends one entity's part in all chosen certificates: only those who hold one of them can be chosen. */
export function BulkEndHolder({ rows, names, day, onAnswer, onClose }: BulkEndHolderProps) {
  const t = useWords(registerMessages)
  const words = useWords(certificateMessages)
  const format = useFormat()
  const holders = [...new Set(rows.flatMap((row) => row.currentHolders))]
  const end = useChange(({ chosen, draft }: { chosen: readonly CertificateAnswer[]; draft: Draft }) =>
    call<BulkAnswer>('POST', '/api/certificates/holder-ends', {
      body: { items: itemsOf(chosen), ...draft },
    }),
  )
  const form = useForm<Draft, BulkAnswer>({
    initial: { entityId: holders[0] ?? '', to: day, reason: '' },
    save: (draft, idempotencyKey) =>
      call('POST', '/api/certificates/holder-ends', {
        body: { items: itemsOf(rows), ...draft },
        idempotencyKey,
      }),
    onSaved: (answer) => {
      const draft = form.values
      const again = (chosen: readonly CertificateAnswer[]) =>
        end.mutate({ chosen, draft }, { onSuccess: (next) => onAnswer(next, again) })
      onClose()
      onAnswer(answer, again)
    },
  })
  const { values, set, error } = form
  return (
    <FormDrawer
      title={t.endTitle(format.number(rows.length))}
      form={form}
      onClose={onClose}
      saveLabel={t.endNow}
      danger
    >
      <Notice tone="partial">{t.endText}</Notice>
      <ChoiceField
        label={t.holder}
        value={values.entityId}
        options={holders.map((id) => ({ value: id, label: names.entity(id) }))}
        onChange={(entityId) => set('entityId', entityId)}
        error={error('/entityId')}
      />
      <DayField
        label={t.lastDay}
        required
        value={values.to}
        onChange={(to) => set('to', to)}
        error={error('/to')}
      />
      <TextField
        label={words.reason}
        hint={words.reasonHint}
        required
        lines
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}
