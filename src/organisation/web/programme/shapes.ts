export type PlanAction = 'create' | 'update' | 'unchanged' | 'waiting' | 'left'

export type FieldChange = { field: string; before: unknown; after: unknown }

export type PlanChange = { action: PlanAction; noun: string; key: string; fields: FieldChange[] }

/** The answer of POST /api/programme/plan and /apply. */
export type Plan = {
  counts: Partial<Record<PlanAction, number>>
  changes: PlanChange[]
  /** Digests of named files that the server does not have yet. */
  missing: string[]
}

export const changesIn = ({ counts }: Plan): number => (counts.create ?? 0) + (counts.update ?? 0)
