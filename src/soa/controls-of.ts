import type { Edition } from '../frameworks/edition.ts'

/** The controls of an edition's Annex A, in its order: what a statement of applicability speaks of (6.1.3 c and d). */
export const annexControls = (edition: Edition): string[] =>
  edition.requirements.filter((node) => node.kind === 'control').map((node) => node.id)

/** Only ISO/IEC 27001 asks for a statement of applicability. */
export const hasStatement = (edition: Edition): boolean => edition.framework.family === 'iso27001'
