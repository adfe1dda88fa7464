import { useLanguage } from './language.tsx'
import type { Same } from './same.ts'

export type { Same }

export type Catalogue<T> = { en: T; ja: Same<T> }

/** Pairs the languages; a message that one of them lacks does not compile. */
export const catalogue = <T>(en: T, ja: Same<NoInfer<T>>): Catalogue<T> => ({ en, ja })

/** The messages of a catalogue in the reader's language. */
export function useWords<T>(messages: Catalogue<T>): Same<T> {
  const { language } = useLanguage()
  return language === 'ja' ? messages.ja : (messages.en as Same<T>)
}
