import type { LocalText } from '../../kernel/language.ts'
import { ChoiceField, LocalTextField } from '../../web/form/fields.tsx'
import type { FormPart } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { peopleMessages as messages } from './messages.ts'
import { useEntities } from './names.ts'

export type JobDraft = { jobTitle: LocalText; entityId: string }

/** The job as the API takes it; what was left empty is null. */
export const jobBody = ({ jobTitle, entityId }: JobDraft) => ({
  jobTitle: jobTitle.en || jobTitle.ja ? jobTitle : null,
  entityId: entityId || null,
})

/** What somebody does, and where. */
export function JobFields({ form: { values, patch, error } }: { form: FormPart<JobDraft> }) {
  const t = useWords(messages)
  const entities = useEntities()
  return (
    <>
      <LocalTextField
        label={t.jobTitle}
        value={values.jobTitle}
        onChange={(jobTitle) => patch({ jobTitle })}
        error={error('/jobTitle')}
      />
      <ChoiceField
        label={t.entity}
        value={values.entityId}
        options={[{ value: '', label: t.none }, ...entities.options]}
        onChange={(entityId) => patch({ entityId })}
        error={error('/entityId')}
      />
    </>
  )
}
