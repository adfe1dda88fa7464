import { useLanguage } from './language.tsx'
import type { Catalogue, Same } from './paired.ts'

/** The messages of a catalogue in the reader's language. */
export function useWords<T>(messages: Catalogue<T>): Same<T> {
  const { language } = useLanguage()
  return language === 'ja' ? messages.ja : (messages.en as Same<T>)
}
