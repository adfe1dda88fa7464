import type { SoaRow } from './soa-version.ts'

/** What an auditor would ask about before anything else. */
export const gapKinds = [
  'reason-missing',
  'justification-missing',
  'excluded-but-needed',
  'owner-missing',
] as const
export type GapKind = (typeof gapKinds)[number]

export type Gap = { reference: string; kind: GapKind }

/** Gaps with which no statement is approved: what 6.1.3 d demands is not there, or contradicts itself. */
export const blocking: ReadonlySet<GapKind> = new Set<GapKind>([
  'reason-missing',
  'justification-missing',
  'excluded-but-needed',
])

function gapsOfRow(row: SoaRow): GapKind[] {
  if (!row.applicable)
    return [
      ...(row.justification === null ? (['justification-missing'] as const) : []),
      ...(row.risks.length + row.obligations.length > 0 ? (['excluded-but-needed'] as const) : []),
    ]
  return [
    ...(row.reasons.length === 0 ? (['reason-missing'] as const) : []),
    ...(row.ownerIds.length === 0 ? (['owner-missing'] as const) : []),
  ]
}

export const gapsOf = (rows: readonly SoaRow[]): Gap[] =>
  rows.flatMap((row) => gapsOfRow(row).map((kind) => ({ reference: row.reference, kind })))

export type SoaTotals = {
  controls: number
  applicable: number
  excluded: number
  implemented: number
  partial: number
  planned: number
  'not-implemented': number
}

/** Counts of a statement; the states add up to the applicable ones. */
export function totalsOf(rows: readonly SoaRow[]): SoaTotals {
  const totals = { implemented: 0, partial: 0, planned: 0, 'not-implemented': 0 }
  for (const row of rows) if (row.state !== null) totals[row.state]++
  const applicable = rows.filter((row) => row.applicable).length
  return { controls: rows.length, applicable, excluded: rows.length - applicable, ...totals }
}
