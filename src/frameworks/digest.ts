import type { Edition } from './edition.ts'
import type { Library } from './library.ts'

/** First field of the digested value: a change of what is covered gets a new name, so old digests stay checkable. */
export const editionFormat = 'assay.edition.v1'
export const libraryFormat = 'assay.library.v1'

const byId = <T extends { id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

/**
 * The canonical text of an edition: its digest is taken over the UTF-8 bytes of this string. Lists that are sets by
 * meaning are sorted by id (code units), so the order of lines in a file does not matter; everything that a count
 * or a title could depend on is covered. `canonical` must be a deterministic serialiser such as RFC 8785 (JCS).
 */
export function canonicalEdition(edition: Edition, canonical: (value: unknown) => string): string {
  const { periodic } = edition
  return canonical({
    format: editionFormat,
    framework: edition.framework,
    requirements: byId(edition.requirements),
    testingProcedures: byId(edition.testingProcedures),
    periodic: periodic === null ? null : { ...periodic, activities: byId(periodic.activities) },
    locales: edition.locales,
  })
}

const sorted = <T>(items: readonly T[], keyOf: (item: T) => string): T[] =>
  items
    .map((item) => [keyOf(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item)

/**
 * The canonical text of the common controls and all of their links, for the same use. A link counts once for each
 * requirement that it names, so it does not matter which requirements share a line of a file.
 */
export function canonicalLibrary(library: Library, canonical: (value: unknown) => string): string {
  const { id, version, licence, domains, controls } = library
  const links = [...library.links.values()].map((file) => ({
    ...{ source: file.source, target: file.target },
    links: sorted(
      file.links.flatMap(({ requirements, ...link }) =>
        requirements.map((requirement) => ({ ...link, requirement })),
      ),
      (one) => `${one.control} ${one.requirement}`,
    ),
    together: sorted(
      file.together.map((one) => ({ ...one, controls: [...one.controls].sort() })),
      (one) => `${one.requirement} ${one.controls.join(' ')}`,
    ),
  }))
  return canonical({
    format: libraryFormat,
    ...{ id, version, licence },
    domains: byId(domains),
    controls: byId([...controls.values()]),
    links: sorted(links, (one) => one.target),
  })
}
