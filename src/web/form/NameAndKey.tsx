import type { LocalText } from '../../kernel/language.ts'
import { LocalTextField, TextField } from './fields.tsx'
import type { FormPart } from './useForm.ts'

type NameAndKeyProps = {
  words: { name: string; key: string; keyHint: string }
  form: FormPart<{ name: LocalText; key: string }>
}

/** What a record is called, and the key by which files and addresses know it. */
export function NameAndKey({ words, form: { values, patch, error } }: NameAndKeyProps) {
  return (
    <>
      <LocalTextField
        label={words.name}
        value={values.name}
        onChange={(name) => patch({ name })}
        error={error('/name')}
      />
      <TextField
        label={words.key}
        hint={words.keyHint}
        required
        mono
        value={values.key}
        onChange={(key) => patch({ key })}
        error={error('/key')}
      />
    </>
  )
}
