import type { Edition } from '../frameworks/edition.ts'

/** The controls of an edition's Annex A, in its order: what a statement of applicability speaks of (6.1.3 c and d). */
export const annexControls = (edition: Edition): string[] =>
  edition.requirements.filter((node) => node.kind === 'control').map((node) => node.id)
