import type { Day } from '../kernel/day.ts'
import type { Language } from '../kernel/language.ts'

// Own formatting, not the runtime's: a published page must come out the same for ever, and locale data changes.
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A day in words: `January 10, 2007`, `2007年1月10日`. */
export function dayInWords(day: Day, language: Language): string {
  const [year, month, date] = day.split('-').map(Number)
  if (language === 'ja') return `${year}年${month}月${date}日`
  return `${months[(month ?? 1) - 1]} ${date}, ${year}`
}

export const periodInWords = (from: Day | null, to: Day | null, language: Language): string => {
  const start = from ? dayInWords(from, language) : ''
  const end = to ? dayInWords(to, language) : ''
  return language === 'ja' ? `${start}～${end}` : `${start} – ${end}`
}

/** Names in a row: `A, B and C`, `A、B、C`. */
export function listInWords(items: readonly string[], language: Language): string {
  if (language === 'ja') return items.join('、')
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** Bytes as people read them, in powers of 1,000 (IEC 80000-13). */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** A count inside a sentence: small ones in words in English, digits otherwise. */
export const countInWords = (count: number, language: Language): string =>
  language === 'en' ? (small[count] ?? String(count)) : String(count)
