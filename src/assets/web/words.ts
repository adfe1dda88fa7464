import type { Format } from '../../web/i18n/format.ts'
import type { Asset } from '../asset.ts'

type SpanWords = { from: (day: string) => string; until: (day: string) => string; always: string }

/** From when to when an asset is in use. */
export function spanText(
  { inUseFrom, inUseTo }: Pick<Asset, 'inUseFrom' | 'inUseTo'>,
  t: SpanWords,
  format: Format,
): string {
  if (inUseFrom && inUseTo) return `${format.shortDay(inUseFrom)} – ${format.shortDay(inUseTo)}`
  if (inUseFrom) return t.from(format.shortDay(inUseFrom))
  return inUseTo ? t.until(format.shortDay(inUseTo)) : t.always
}
