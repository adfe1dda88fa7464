import { Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { documentedMessages } from './messages.ts'
import type { DutyAnswer } from './shapes.ts'

type Draft = {
  name: LocalText
  label: string
  evidenceId: string | null
  issuedOn: Day | null
  reviewBy: Day | null
}

type NameFormProps = { duty: DutyAnswer; programmeId: string; onClose: () => void }

/** Names a kept item as what a clause asks for. */
export default function NameForm({ duty, programmeId, onClose }: NameFormProps) {
  const t = useWords(documentedMessages)
  const format = useFormat()
  const day = useDay()
  const [typed, setTyped] = useState('')
  const items = useRead<{ items: { id: string; title: string; collectedOn: string }[] }>('/api/evidence', {
    ...(typed ? { text: typed } : {}),
    limit: 20,
  })
  const form = useForm<Draft, unknown>({
    initial: { name: duty.title, label: '', evidenceId: null, issuedOn: day, reviewBy: null },
    save: ({ label, ...rest }, idempotencyKey) =>
      call('POST', `/api/programmes/${programmeId}/documented-information`, {
        body: { ...rest, duty: duty.key, label: label || null },
        idempotencyKey,
      }),
    onSaved: () => {
      notifications.show({ message: t.named })
      onClose()
    },
  })
  const { values, set, error } = form
  return (
    <FormDrawer title={t.nameTitle(format.text(duty.title))} form={form} onClose={onClose} saveLabel={t.name}>
      <Notice tone="unknown" calm>
        {t.nameText}
      </Notice>
      <Select
        label={t.evidence}
        description={t.evidenceHint}
        required
        searchable
        // The server has narrowed the list already, also by words that stand elsewhere than in the title.
        filter={({ options }) => options}
        data={(items.data?.items ?? []).map((one) => ({
          value: one.id,
          label: `${one.title} · ${format.shortDay(one.collectedOn)}`,
        }))}
        searchValue={typed}
        onSearchChange={setTyped}
        value={values.evidenceId}
        onChange={(evidenceId) => set('evidenceId', evidenceId)}
        error={error('/evidenceId')}
      />
      <LocalTextField
        label={t.documentName}
        required
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <TextField
        label={t.label}
        hint={t.labelHint}
        value={values.label}
        onChange={(label) => set('label', label)}
        error={error('/label')}
      />
      <DayField
        label={t.issuedOn}
        required
        value={values.issuedOn}
        onChange={(issuedOn) => set('issuedOn', issuedOn)}
        error={error('/issuedOn')}
      />
      <DayField
        label={t.reviewBy}
        hint={t.reviewByHint}
        value={values.reviewBy}
        onChange={(reviewBy) => set('reviewBy', reviewBy)}
        error={error('/reviewBy')}
      />
    </FormDrawer>
  )
}
