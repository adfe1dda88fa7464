import type { Edition } from './edition.ts'

/** First field of the digested value: a change of what is covered gets a new name, so old digests stay checkable. */
export const editionFormat = 'assay.edition.v1'

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
