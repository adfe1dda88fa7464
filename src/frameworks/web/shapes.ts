import type { Category, CountMode, Framework, Requirement } from '../edition.ts'
import type { EditionStatus } from '../status.ts'

type Bilingual = { en: string; ja: string }

/** One line of GET /api/frameworks. */
export type EditionSummary = Pick<
  Framework,
  'key' | 'family' | 'publisher' | 'edition' | 'name' | 'requirements' | 'lifecycle' | 'localEquivalents'
> & {
  categories: { key: Category['key']; titles: Bilingual }[]
  status: EditionStatus
  acceptsInitialAudit: boolean
  counts: { mode: CountMode; count: number }[]
  digest: string | null
  overlays: { id: string; version: number; language: string; licenceHolder: string; texts: number }[]
}

export type EditionNode = Requirement & {
  titles: Bilingual
  text?: { en?: string | undefined; ja?: string | undefined } | undefined
}

/** The answer of GET /api/frameworks/:key. */
export type EditionDetail = EditionSummary & {
  nodes: EditionNode[]
  licenceNote: string
  abilities: string[]
}

/** One line of GET /api/frameworks/search. */
export type Hit = { editionKey: string; id: string; kind: Requirement['kind']; titles: Bilingual }
