import type { Edition, Requirement } from './edition.ts'

/** Lower rank is better; equal ranks keep the order of the editions and of their nodes. */
export const ranks = { exactId: 0, exactShortId: 1, idPrefix: 2, titlePrefix: 3, title: 4 } as const

export type Hit = {
  editionKey: string
  id: string
  kind: Requirement['kind']
  titles: { en: string; ja: string }
  rank: number
}

type Entry = Hit & { foldedId: string; shortId: string; foldedTitles: readonly string[] }
export type SearchIndex = readonly Entry[]

/** Compatibility form and lower case, so that full-width input and half-width kana find the same node. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}

/** Readers quote Annex A controls without the letter: "5.7" means A.5.7 when no clause has that number. */
const shortIdOf = (foldedId: string) => foldedId.replace(/^a\./, '')

/** Prepares editions for searching; build once, search often. */
export function buildSearchIndex(editions: Iterable<Edition>): SearchIndex {
  const entries: Entry[] = []
  for (const edition of editions) {
    for (const { id, kind } of edition.requirements) {
      const titles = { en: edition.locales.en.titles[id] ?? id, ja: edition.locales.ja.titles[id] ?? id }
      const foldedId = fold(id)
      entries.push({
        editionKey: edition.key,
        id,
        kind,
        titles,
        rank: 0,
        foldedId,
        shortId: shortIdOf(foldedId),
        foldedTitles: [fold(titles.en), fold(titles.ja)],
      })
    }
  }
  return entries
}

function rankOf(entry: Entry, query: string, terms: readonly string[]): number | null {
  if (entry.foldedId === query) return ranks.exactId
  if (entry.shortId === query) return ranks.exactShortId
  if (entry.foldedId.startsWith(query) || entry.shortId.startsWith(query)) return ranks.idPrefix
  if (entry.foldedTitles.some((title) => title.startsWith(query))) return ranks.titlePrefix
  if (entry.foldedTitles.some((title) => terms.every((term) => title.includes(term)))) return ranks.title
  return null
}

/** Nodes whose id or title matches, best first. An empty query finds nothing. */
export function searchRequirements(
  index: SearchIndex,
  query: string,
  options: { editionKeys?: readonly string[]; limit?: number } = {},
): Hit[] {
  const folded = fold(query)
  if (folded === '') return []
  const terms = folded.split(/\s+/)
  const hits: Hit[] = []
  for (const entry of index) {
    if (options.editionKeys !== undefined && !options.editionKeys.includes(entry.editionKey)) continue
    const rank = rankOf(entry, folded, terms)
    if (rank === null) continue
    hits.push({ editionKey: entry.editionKey, id: entry.id, kind: entry.kind, titles: entry.titles, rank })
  }
  return hits.sort((a, b) => a.rank - b.rank).slice(0, options.limit ?? 50)
}
