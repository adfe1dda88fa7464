import { inLanguage, type Language, type LocalText } from '../../kernel/language.ts'
import type { Column, Report } from '../report.ts'

/** What every report has in common, whatever it is about. */
export type Head = Pick<Report, 'language' | 'organisation' | 'asOf' | 'knownAt' | 'integrity'>

/** A column that is as wide as it needs to be, or takes a share of what is left. */
export const column = (key: string, label: string, share: number | null = null): Column => ({
  ...{ key, label, share, align: 'start' },
})

/** A column of numbers, which stand under one another at their right end. */
export const numbers = (key: string, label: string): Column => ({
  ...{ key, label, share: null, align: 'end' },
})

/** A text in the language of the report; nothing where there is none. */
export const said = (text: LocalText | null | undefined, language: Language): string | null =>
  text ? inLanguage(text, language) : null
