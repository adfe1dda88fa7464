/**
 * How what one thing covers relates to what another asks, as sets that are not empty (NIST IR 8477, OSCAL mapping
 * model). From the strongest to the weakest. Nothing to say is `null`.
 */
export const relationships = ['equal', 'superset', 'subset', 'intersects'] as const
export type Relationship = (typeof relationships)[number]

/**
 * What follows for a and c from a-b and b-c, and only what follows for all sets: a superset b subset c have b in
 * common; a subset b superset c may have nothing. Equal is the identity, see compose().
 */
const follows: Readonly<
  Record<Exclude<Relationship, 'equal'>, Readonly<Record<Relationship, Relationship | null>>>
> = {
  superset: { equal: 'superset', superset: 'superset', subset: 'intersects', intersects: 'intersects' },
  subset: { equal: 'subset', superset: null, subset: 'subset', intersects: null },
  intersects: { equal: 'intersects', superset: null, subset: 'intersects', intersects: null },
}

/** The relationship of two things by way of a third; associative, and null when nothing follows. */
export const compose = (first: Relationship, second: Relationship): Relationship | null =>
  first === 'equal' ? second : follows[first][second]

/** Only what covers all of a requirement can meet it; a part or an overlap never adds up by itself. */
export const coversAll = (relationship: Relationship): boolean =>
  relationship === 'equal' || relationship === 'superset'
