import type { Format } from '../../web/i18n/format.ts'

/** A day, a month or a year, as exactly as its publisher gave it. */
export function partialDay(value: string, format: Format): string {
  if (value.length === 4) return format.language === 'ja' ? `${value}年` : value
  return value.length === 7 ? format.month(`${value}-01`) : format.day(value)
}
