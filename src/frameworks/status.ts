import type { Framework } from './edition.ts'

/** `transitional`: its successor is out and its own certificates still live until the transition deadline. */
export const editionStatuses = ['announced', 'current', 'transitional', 'superseded', 'withdrawn'] as const

export type EditionStatus = (typeof editionStatuses)[number]

/** Last possible day of a partial date, so that a month-only publication never counts too early. */
function lastDay(partial: string): string {
  if (partial.length === 4) return `${partial}-12-31`
  return partial.length === 7 ? `${partial}-31` : partial
}

/**
 * What an edition was on a day (`YYYY-MM-DD`). The transition deadline outranks the publisher's own withdrawal,
 * because IAF MD 26 keeps certificates to a withdrawn edition valid until then.
 */
export function editionStatus(
  framework: Framework,
  successor: Framework | undefined,
  day: string,
): EditionStatus {
  const { published, withdrawn, transition } = framework.lifecycle
  if (day < lastDay(published)) return 'announced'
  if (transition !== null && day > transition.deadline) return 'withdrawn'
  const replaced = successor !== undefined && day >= lastDay(successor.lifecycle.published)
  if (replaced && transition !== null) return 'transitional'
  if (withdrawn !== null && day > withdrawn) return 'withdrawn'
  return replaced ? 'superseded' : 'current'
}

/** Whether a new initial audit against the edition may still start on a day. */
export function acceptsInitialAudit(framework: Framework, day: string): boolean {
  const { published, transition } = framework.lifecycle
  if (day < lastDay(published)) return false
  if (transition === null)
    return framework.lifecycle.withdrawn === null || day <= framework.lifecycle.withdrawn
  return day <= (transition.lastInitialAudit ?? transition.deadline)
}
