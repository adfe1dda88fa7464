import type { LocalText } from '../kernel/language.ts'

export type PastedLine = { line: number; cells: string[] }

/** What a spreadsheet puts around a cell that has a quotation mark or a line break in it. */
const bare = (cell: string): string =>
  (/^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell).replace(/\s+/g, ' ').trim()

/**
 * Lines of a pasted list with their cells, those without anything left out. Only tabs part cells: a company's name has
 * commas in it ("Example, Inc."), and what is copied from a spreadsheet has tabs. Lines count from 1.
 */
export const linesOf = (text: string): PastedLine[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((each, index) => ({ line: index + 1, cells: each.split('\t').map(bare).filter(Boolean) }))
    .filter(({ cells }) => cells.length > 0)

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

/** A name in one language or in both, told apart by their script; null for none, for three, or for two alike. */
export function namesIn(cells: readonly string[]): LocalText | null {
  const [ja, en] = [cells.filter((cell) => japanese.test(cell)), cells.filter((cell) => !japanese.test(cell))]
  if (ja.length > 1 || en.length > 1 || cells.length === 0) return null
  return { ...(en[0] ? { en: en[0] } : {}), ...(ja[0] ? { ja: ja[0] } : {}) }
}

/** How names are compared: people write width, case and spaces as they come. */
export const folded = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

export const spoken = (name: LocalText): string[] =>
  [name.en, name.ja].flatMap((one) => (one ? [folded(one)] : []))
