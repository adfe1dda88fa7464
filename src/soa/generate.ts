import type { LocalText } from '../kernel/language.ts'
import type { Decision } from '../programmes/applicability.ts'
import { type InclusionReason, inclusionReasons, type SoaRow } from './soa-version.ts'
import { standingOf, type UnitFacts } from './state.ts'

export type NamedControl = { id: string; code: string; name: LocalText; ownerId: string | null }
export type NamedRisk = { id: string; code: string; controlIds: readonly string[] }
export type NamedObligation = { id: string; name: LocalText; kind: 'legal' | 'regulatory' | 'contractual' }

/** Everything that one row follows from. */
export type RowFacts = {
  reference: string
  edition: string | null
  decision: Pick<Decision, 'applicable' | 'reasons' | 'justification'> | null
  controls: readonly NamedControl[]
  units: readonly UnitFacts[]
  risks: readonly Pick<NamedRisk, 'id' | 'code'>[]
  obligations: readonly NamedObligation[]
  /** People who carry it out, beside the owners of the controls. */
  ownerIds: readonly string[]
  /** Newest first. */
  evidenceIds: readonly string[]
}

const mostEvidence = 50

function reasonsOf({ decision, risks, obligations }: RowFacts): InclusionReason[] {
  const found = new Set<InclusionReason>(decision?.reasons)
  if (risks.length > 0) found.add('risk')
  for (const { kind } of obligations) found.add(kind === 'contractual' ? 'contractual' : 'legal')
  return inclusionReasons.filter((reason) => found.has(reason))
}

const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)

/** One row of the statement, from the facts of a day; the same facts in any order give the same row. */
export function rowOf(facts: RowFacts): SoaRow {
  const { reference, edition, decision, risks, obligations } = facts
  const named = {
    risks: [...risks].sort(byCode).map(({ id, code }) => ({ id, code })),
    obligations: [...obligations]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, name }) => ({ id, name })),
  }
  const shared = { reference, edition, justification: decision?.justification ?? null, ...named }
  if (decision?.applicable === false)
    return {
      ...shared,
      ...{ applicable: false, reasons: [], state: null, since: null },
      ...{ controls: [], ownerIds: [], evidenceIds: [], evidenceCount: 0 },
    }
  const owners = facts.controls.flatMap(({ ownerId }) => ownerId ?? [])
  return {
    ...shared,
    applicable: true,
    reasons: reasonsOf(facts),
    ...standingOf(facts.units),
    controls: [...facts.controls].sort(byCode).map(({ id, code, name }) => ({ id, code, name })),
    ownerIds: [...new Set([...owners, ...facts.ownerIds])].sort().slice(0, 50),
    evidenceIds: facts.evidenceIds.slice(0, mostEvidence),
    evidenceCount: facts.evidenceIds.length,
  }
}
