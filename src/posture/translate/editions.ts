import type { Catalogue } from '../../frameworks/catalogue.ts'
import type { Mapping } from '../../frameworks/mapping.ts'
import type { Link, Requirement } from '../facts.ts'

type Shipped = Pick<Catalogue, 'editions' | 'mappings'>

/** Every node of every shipped edition that can be assessed; an outline has nothing to assess. */
export const requirementFacts = ({ editions }: Shipped): Requirement[] =>
  [...editions.values()].flatMap((edition) =>
    edition.framework.requirements === 'outline'
      ? []
      : edition.requirements.map(({ id, parent, requirement }) => ({
          edition: edition.key,
          id,
          parent,
          assessable: requirement === true,
        })),
  )

/**
 * A successor says of each old requirement where it went, not that the words ask the same. So a map alone never makes
 * something fully covered: it says that the two overlap, and the common library says how far, control by control.
 */
const linksOf = ({ from, to, pairs }: Mapping): Link[] =>
  pairs.flatMap((pair) =>
    pair.to.map((target) => ({
      id: `map:${from}:${pair.from}:${to}:${target}`,
      source: { edition: from, requirement: pair.from },
      relationship: 'intersects' as const,
      target: { edition: to, requirement: target },
      from: null,
      to: null,
    })),
  )

export const mappingLinks = ({ mappings, editions }: Shipped): Link[] =>
  mappings.filter((mapping) => editions.has(mapping.from) && editions.has(mapping.to)).flatMap(linksOf)
