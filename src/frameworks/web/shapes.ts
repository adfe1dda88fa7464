import type { Category, CountMode, Framework, Requirement } from '../edition.ts'
import type { LibraryControl, LibraryDomain, Link } from '../library.ts'
import type { Coverage } from '../library-reach.ts'
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
  reach?: { coverage: Coverage; controls: number } | undefined
}

/** The answer of GET /api/frameworks/:key. */
export type EditionDetail = EditionSummary & {
  nodes: EditionNode[]
  licenceNote: string
  abilities: string[]
}

/** One line of GET /api/frameworks/search. */
export type Hit = { editionKey: string; id: string; kind: Requirement['kind']; titles: Bilingual }

export type Reach = Pick<Link, 'relationship' | 'rationale' | 'why'>
export type Named = { id: string; titles: Bilingual }

/** One line of GET /api/library. */
export type ControlSummary = Omit<LibraryControl, 'practice' | 'evidence'> & {
  links: { edition: string; requirements: number }[]
}

/** The answer of GET /api/library. */
export type LibraryAnswer = {
  id: string
  version: string
  digest: string | null
  domains: LibraryDomain[]
  controls: ControlSummary[]
}

export type TogetherAnswer = { requirement: Named; controls: Named[]; why: Bilingual }

/** The answer of GET /api/library/:control. */
export type ControlAnswer = {
  control: LibraryControl
  domain: LibraryDomain
  version: string
  editions: {
    key: string
    name: Bilingual
    links: (Reach & { requirement: Named })[]
    together: TogetherAnswer[]
  }[]
}

/** The answer of GET /api/frameworks/:key/requirements/:requirement/controls. */
export type ReachAnswer = {
  coverage: Coverage
  reaches: (Reach & { control: Named; through: string | null })[]
  together: TogetherAnswer[]
}
