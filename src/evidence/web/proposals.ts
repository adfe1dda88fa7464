import type { Id } from '../../kernel/id.ts'
import type { EvidenceAnswer } from './shapes.ts'

type Wanted = { implementationId: Id; controlId: Id | null }

const usable = new Set(['valid', 'tolerance', 'awaiting'])

const mostProposed = 3

/**
 * Evidence about the same days that could serve another task too, best first: of the same implementation, then of the same
 * control elsewhere, then of other controls that stood together with it on an item before. What may not be linked, was
 * rejected or no longer speaks is not proposed.
 */
export function proposals(
  items: readonly EvidenceAnswer[],
  wanted: Wanted,
  attached: readonly Id[],
  controlOf: (implementationId: Id) => Id | null,
): EvidenceAnswer[] {
  const companions = new Set(
    items
      .filter((one) => one.implementationIds.includes(wanted.implementationId))
      .flatMap((one) => one.implementationIds.map(controlOf)),
  )
  const rank = (one: EvidenceAnswer): number => {
    if (one.implementationIds.includes(wanted.implementationId)) return 3
    const controls = one.implementationIds.map(controlOf)
    if (wanted.controlId !== null && controls.includes(wanted.controlId)) return 2
    return controls.some((id) => id !== null && companions.has(id)) ? 1 : 0
  }
  return items
    .filter(
      ({ id, state, abilities }) => usable.has(state) && abilities.includes('link') && !attached.includes(id),
    )
    .map((one) => ({ one, rank: rank(one) }))
    .filter(({ rank: good }) => good > 0)
    .sort((a, b) => b.rank - a.rank || (a.one.collectedOn < b.one.collectedOn ? 1 : -1))
    .slice(0, mostProposed)
    .map(({ one }) => one)
}
