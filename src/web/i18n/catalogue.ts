import { useLanguage } from './language.tsx'

/** The same messages in another language: the same keys, and the same parameters where a message takes any. */
export type Same<T> = {
  readonly [Key in keyof T]: T[Key] extends (...args: infer Args) => string
    ? (...args: Args) => string
    : T[Key] extends string
      ? string
      : Same<T[Key]>
}

export type Catalogue<T> = { en: T; ja: Same<T> }

/** Pairs the languages; a message that one of them lacks does not compile. */
export const catalogue = <T>(en: T, ja: Same<NoInfer<T>>): Catalogue<T> => ({ en, ja })

/** The messages of a catalogue in the reader's language. */
export function useWords<T>(messages: Catalogue<T>): Same<T> {
  const { language } = useLanguage()
  return language === 'ja' ? messages.ja : (messages.en as Same<T>)
}
