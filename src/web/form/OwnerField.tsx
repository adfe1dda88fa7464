import { ChoiceField, type Option } from './fields.tsx'

type OwnerFieldProps = {
  words: { owner: string; nobody: string }
  people: readonly Option[]
  value: string | null
  onChange: (id: string | null) => void
  error: string | null
}

/** Who answers for a record. Absent for readers who may see no people. */
export function OwnerField({ words, people, value, onChange, error }: OwnerFieldProps) {
  if (people.length === 0) return null
  return (
    <ChoiceField
      label={words.owner}
      value={value ?? ''}
      options={[{ value: '', label: words.nobody }, ...people]}
      onChange={(id) => onChange(id || null)}
      error={error}
    />
  )
}
