/** Letters on the screen are never smaller than this, in pixels. */
export const smallest = 11

/** About how much room signs take, in parts of their size: kana and kanji are as wide as high. */
const isWide = (sign: string) => (sign.codePointAt(0) ?? 0) > 0x2e7f
const breadth = (sign: string): number => (isWide(sign) ? 1 : /[A-ZＭＷmw—]/.test(sign) ? 0.74 : 0.56)

/** The width of a text in letters of a size, in the same unit; never less than it is. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, sign) => sum + breadth(sign), 0) * size

/** Fewer letters than this say nothing. */
const least = 4

/** A text cut to a width; nothing where next to nothing of it would be left. */
export function fitted(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text
  const signs = [...text]
  let used = size * 0.8
  let count = 0
  for (const sign of signs) {
    used += breadth(sign) * size
    if (used > width) break
    count += 1
  }
  const kept = signs.slice(0, count).join('').trimEnd()
  return textWidth(kept, 1) < least * 0.56 ? '' : `${kept}…`
}

/** Where a line may end: after a plain space, and beside any kana or kanji, but not before one that begins no line. */
const pieces =
  /[^ \u2e80-\uffee]+ *|[\u2e80-\uffee][、。，．」』）】ー・ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*(?:\u00a0[^ \u2e80-\uffee]+)* */gu

/** A text over at most so many lines of a width, the last cut where it is too long; empty where nothing fits. */
export function wrapped(text: string, size: number, width: number, most: number): string[] {
  const lines: string[] = []
  let rest = text
  while (lines.length < most - 1 && textWidth(rest, size) > width) {
    let line = ''
    for (const [piece] of rest.matchAll(pieces)) {
      if (textWidth((line + piece).trimEnd(), size) > width) break
      line += piece
    }
    // A word that is longer than the line is cut in the last one.
    if (line === '') break
    lines.push(line.trimEnd())
    rest = rest.slice(line.length)
  }
  const last = fitted(rest, size, width)
  return last === '' ? [] : [...lines, last]
}
