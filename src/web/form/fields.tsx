import { Select, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Day } from '../../kernel/day.ts'
import { type Language, type LocalText, languages } from '../../kernel/language.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useLanguage } from '../i18n/language.tsx'
import { shellMessages } from '../i18n/messages.ts'
import css from './form.module.css'

type FieldProps<Value> = {
  label: string
  value: Value
  onChange: (value: Value) => void
  error?: string | null
  hint?: ReactNode
  required?: boolean
}

/** What every field shares; the error is tied to the field for screen readers by the library. */
const shared = ({ label, error, hint, required }: Omit<FieldProps<unknown>, 'value' | 'onChange'>) => ({
  label,
  error: error ?? null,
  description: hint ?? null,
  withAsterisk: required ?? false,
})

type TextFieldProps = FieldProps<string> & {
  type?: string
  mono?: boolean
  lines?: boolean
  autoComplete?: string
}

export function TextField({ value, onChange, type, mono, lines, autoComplete, ...rest }: TextFieldProps) {
  if (lines) {
    return (
      <Textarea {...shared(rest)} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    )
  }
  return (
    <TextInput
      {...shared(rest)}
      type={type ?? 'text'}
      autoComplete={autoComplete ?? 'off'}
      spellCheck={!mono}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(mono ? { styles: { input: { fontFamily: 'var(--font-mono)' } } } : {})}
    />
  )
}

/** A calendar day; empty is null. The browser's own control: keyboard, phone and locale are at home in it. */
export function DayField({ value, onChange, ...rest }: FieldProps<Day | null>) {
  return (
    <TextInput
      {...shared(rest)}
      type="date"
      min="1900-01-01"
      max="2199-12-31"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}

export type Option<Value extends string = string> = { value: Value; label: string }

type ChoiceProps<Value extends string> = Omit<FieldProps<Value>, 'onChange'> & {
  options: readonly Option<Value>[]
  onChange: (value: Value) => void
}

export function ChoiceField<Value extends string>({ value, onChange, options, ...rest }: ChoiceProps<Value>) {
  return (
    <Select
      {...shared(rest)}
      data={options.map((option) => ({ ...option }))}
      value={value}
      searchable={options.length > 8}
      onChange={(next) => next !== null && onChange(next as Value)}
    />
  )
}

const without = (text: LocalText, language: Language): LocalText =>
  language === 'en' ? { ...(text.ja ? { ja: text.ja } : {}) } : { ...(text.en ? { en: text.en } : {}) }

/** A text in both languages side by side; an emptied language is absent, never an empty string. */
export function LocalTextField({
  label,
  value,
  onChange,
  error,
  hint,
  lines,
}: FieldProps<LocalText> & { lines?: boolean }) {
  const t = useWords(shellMessages)
  const { language: own } = useLanguage()
  const set = (language: Language, text: string) =>
    onChange(text === '' ? without(value, language) : { ...value, [language]: text })
  const Input = lines ? Textarea : TextInput
  const tongues: Record<Language, string> = { en: t.form.english, ja: t.form.japanese }
  const one = (language: Language, tongue: string) => (
    <Input
      key={language}
      label={<span className={css.tongue}>{tongue}</span>}
      aria-label={`${label} (${tongue})`}
      lang={language}
      value={value[language] ?? ''}
      aria-invalid={Boolean(error)}
      onChange={(event) => set(language, event.currentTarget.value)}
    />
  )
  return (
    <fieldset className={css.pair}>
      <legend>{label}</legend>
      {/* Whoever writes begins in the language that they read. */}
      {languages
        .toSorted((a, b) => Number(b === own) - Number(a === own))
        .map((each) => one(each, tongues[each]))}
      {hint ? <div className={css.hint}>{hint}</div> : null}
      {error ? <div className={css.wrong}>{error}</div> : null}
    </fieldset>
  )
}
