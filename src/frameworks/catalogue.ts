import type { Edition } from './edition.ts'
import type { Library } from './library.ts'
import type { Mapping } from './mapping.ts'
import type { Scheme } from './scheme.ts'
import type { SearchIndex } from './search.ts'

/** Everything in the frameworks folder, read once and never changed while the program runs. */
export type Catalogue = {
  readonly editions: ReadonlyMap<string, Edition>
  readonly schemes: ReadonlyMap<string, Scheme>
  readonly mappings: readonly Mapping[]
  readonly library: Library
  readonly search: SearchIndex
}
