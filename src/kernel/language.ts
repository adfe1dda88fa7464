import { z } from 'zod'
import { plainText } from './text.ts'

/** The languages in which Assay is complete. */
export const languages = ['en', 'ja'] as const

export type Language = (typeof languages)[number]

export const languageSchema = z.enum(languages)

/** A text per language. A missing language is absent, never an empty string. */
export type LocalText = { en?: string | undefined; ja?: string | undefined }

/** Schema of a text per language with at least one language; `max` is in UTF-16 units. */
export const localText = (max: number) =>
  z
    .strictObject({ en: plainText(max).optional(), ja: plainText(max).optional() })
    .refine((text) => text.en !== undefined || text.ja !== undefined, { error: 'language_missing' })

/** The text in the wanted language, or in the other one when it is missing. */
export const inLanguage = (text: LocalText, language: Language): string =>
  text[language] ?? text[language === 'en' ? 'ja' : 'en'] ?? ''

export const missingLanguages = (text: LocalText): Language[] =>
  languages.filter((language) => !text[language])
