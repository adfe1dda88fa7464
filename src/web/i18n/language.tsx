import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { Language } from '../../kernel/language.ts'

type LanguageState = { language: Language; setLanguage: (language: Language) => void }

const LanguageContext = createContext<LanguageState | null>(null)

const initial = (): Language => (document.documentElement.lang === 'ja' ? 'ja' : 'en')

/** Holds the reader's language; the cookie tells the server, which words its refusals in it. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, set] = useState<Language>(initial)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const setLanguage = useCallback((next: Language) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
    document.cookie = `assay-language=${next}; path=/; max-age=31536000; samesite=lax`
    set(next)
  }, [])
  const value = useMemo(() => ({ language, setLanguage }), [language, setLanguage])
  return <LanguageContext value={value}>{children}</LanguageContext>
}

export function useLanguage(): LanguageState {
  const state = use(LanguageContext)
  if (!state) throw new Error('useLanguage needs a LanguageProvider above it')
  return state
}
