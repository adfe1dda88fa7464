import type { Edition } from '../../frameworks/edition.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { Applicability } from '../../programmes/applicability.ts'
import type { Programme as Record } from '../../programmes/programme.ts'
import { requirementsOf } from '../../programmes/requirements.ts'
import type { Decision, Programme } from '../facts.ts'

/** The days on which an edition begins or ceases to ask for something. */
function turningDays(edition: Edition): Day[] {
  const days = edition.requirements.flatMap(({ futureDated, supersededOn }) => [
    ...(futureDated === undefined ? [] : [futureDated]),
    ...(supersededOn === undefined ? [] : [supersededOn]),
  ])
  return [...new Set(days)].sort()
}

/** What a programme asks for, stretch by stretch of days in which that is the same. */
function partsOf(one: Record, edition: Edition): Programme['editions'] {
  const begins = one.cycles[0]?.from ?? null
  if (begins === null) return []
  const starts = [begins, ...turningDays(edition).filter((day) => day > begins)]
  const last = one.endedOn
  return starts.flatMap((from, index) => {
    const next = starts[index + 1]
    const until = next === undefined ? null : addDays(next, -1)
    const to = last !== null && (until === null || last < until) ? last : until
    if (last !== null && from > last) return []
    return [
      {
        edition: edition.key,
        from,
        to,
        requirements: requirementsOf(edition, one, from).map(({ id }) => id),
      },
    ]
  })
}

/** A programme as the engine sees it; its audits are the days set for them, or the ends of its cycles. */
export const programmeFact = (one: Record, edition: Edition): Programme => ({
  id: one.id,
  editions: partsOf(one, edition),
  entities: one.entities,
  services: one.services,
  audits: one.cycles.map((cycle) => cycle.auditOn ?? cycle.to),
})

/** The stretches in which a requirement was decided not to apply. The justification travels as JSON, in its languages. */
export const decisionFacts = (one: Applicability, edition: string): Decision[] =>
  one.decisions.flatMap((decision, index) => {
    if (decision.applicable) return []
    const next = one.decisions[index + 1]
    return [
      {
        id: `${one.id}:${decision.from}`,
        programmeId: one.programmeId,
        edition,
        requirement: one.requirement,
        unit: null,
        from: decision.from,
        to: next ? addDays(next.from, -1) : null,
        justification: decision.justification === null ? '' : JSON.stringify(decision.justification),
      },
    ]
  })
