import { useQuery } from '@tanstack/react-query'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { inLanguage, type Language, type LocalText } from '../../kernel/language.ts'
import { useLanguage } from './language.tsx'

const locale = (language: Language) => (language === 'ja' ? 'ja-JP' : 'en-GB')

/** Days are read in UTC because they have no time of day: any other zone could show the day before. */
const utc = (day: Day) => new Date(`${day}T00:00:00Z`)

/** Everything that is said differently in another language: days, instants, numbers, sizes, texts. */
export type Format = {
  language: Language
  day: (day: Day | null | undefined) => string
  shortDay: (day: Day) => string
  month: (day: Day) => string
  instant: (instant: Instant) => string
  number: (value: number) => string
  bytes: (value: number) => string
  text: (text: LocalText | null | undefined) => string
  list: (items: readonly string[]) => string
  country: (code: string) => string
}

/** Builds the formats of a language. `timeZone` is that of the organisation, for instants. */
export function formatIn(language: Language, timeZone?: string): Format {
  const tag = locale(language)
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const month = new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const instant = new Intl.DateTimeFormat(tag, {
    // The medium style of Japanese is digits and slashes, unlike every day beside it.
    dateStyle: language === 'ja' ? 'long' : 'medium',
    timeStyle: 'medium',
    ...(timeZone ? { timeZone } : {}),
  })
  const number = new Intl.NumberFormat(tag)
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const regions = new Intl.DisplayNames(tag, { type: 'region' })
  const size = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  return {
    language,
    day: (value) => (value ? day.format(utc(value)) : '—'),
    shortDay: (value) => shortDay.format(utc(value)),
    month: (value) => month.format(utc(value)),
    instant: (value) => instant.format(new Date(value)),
    number: (value) => number.format(value),
    bytes: (value) =>
      value < 1024
        ? `${value} B`
        : value < 1024 * 1024
          ? `${size.format(value / 1024)} KB`
          : `${size.format(value / 1024 / 1024)} MB`,
    text: (text) => (text ? inLanguage(text, language) : ''),
    list: (items) => list.format(items),
    country: (code) => regions.of(code) ?? code,
  }
}

// Making formats is slow and every cell of a table needs them; the same language and zone give the same ones.
const made = new Map<string, Format>()

/** The formats of the reader's language, with instants in the organisation's time zone once that is known. */
export function useFormat(): Format {
  const { language } = useLanguage()
  const { data } = useQuery<{ organisation: { timeZone: string } }>({
    queryKey: ['/api/me', {}, 'now', language],
    enabled: false,
  })
  const zone = data?.organisation.timeZone
  const key = `${language} ${zone ?? ''}`
  const format = made.get(key) ?? formatIn(language, zone)
  made.set(key, format)
  return format
}
