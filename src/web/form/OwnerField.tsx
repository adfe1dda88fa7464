import { ChoiceField, type Option } from './fields.tsx'
import type { FormPart } from './useForm.ts'

type OwnerFieldProps = {
  words: { owner: string; nobody: string }
  people: readonly Option[]
  form: FormPart<{ ownerId: string | null }>
}

/** Who answers for a record. Absent for readers who may see no people. */
export function OwnerField({ words, people, form: { values, patch, error } }: OwnerFieldProps) {
  if (people.length === 0) return null
  return (
    <ChoiceField
      label={words.owner}
      value={values.ownerId ?? ''}
      options={[{ value: '', label: words.nobody }, ...people]}
      onChange={(id) => patch({ ownerId: id || null })}
      error={error('/ownerId')}
    />
  )
}
