import type { Day } from '../../kernel/day.ts'
import type { Format } from '../../web/i18n/format.ts'

type SpanWords = { from: (day: string) => string; until: (day: string) => string; always: string }

/** Days from and to in words; an open end is left out. */
export function spanText(from: Day | null, to: Day | null, t: SpanWords, format: Format): string {
  if (from && to) return `${format.shortDay(from)} – ${format.shortDay(to)}`
  if (from) return t.from(format.shortDay(from))
  if (to) return t.until(format.shortDay(to))
  return t.always
}
