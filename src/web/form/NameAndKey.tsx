import type { LocalText } from '../../kernel/language.ts'
import { LocalTextField, TextField } from './fields.tsx'

type NameAndKeyProps = {
  words: { name: string; key: string; keyHint: string }
  values: { name: LocalText; key: string }
  onName: (name: LocalText) => void
  onKey: (key: string) => void
  error: (pointer: string) => string | null
}

/** What a record is called, and the key by which files and addresses know it. */
export function NameAndKey({ words, values, onName, onKey, error }: NameAndKeyProps) {
  return (
    <>
      <LocalTextField label={words.name} value={values.name} onChange={onName} error={error('/name')} />
      <TextField
        label={words.key}
        hint={words.keyHint}
        required
        mono
        value={values.key}
        onChange={onKey}
        error={error('/key')}
      />
    </>
  )
}
