import { canonicalize } from '#tlog'
import type { SoaRow } from './soa-version.ts'

/** Fields of a row in which two versions can differ for a reader. Names that drifted are not a decision. */
export const comparedFields = [
  'applicable',
  'reasons',
  'justification',
  'state',
  'since',
  'controls',
  'ownerIds',
  'risks',
  'obligations',
  'evidenceCount',
] as const
export type ComparedField = (typeof comparedFields)[number]

export type RowChange = {
  reference: string
  /** Null where the row is new, and where it is gone. */
  before: SoaRow | null
  after: SoaRow | null
  fields: ComparedField[]
}

const essence = (row: SoaRow, field: ComparedField): unknown => {
  const value = row[field]
  return field === 'controls' || field === 'risks' || field === 'obligations'
    ? (value as readonly { id: string }[]).map(({ id }) => id).sort()
    : value
}

const differing = (before: SoaRow, after: SoaRow): ComparedField[] =>
  comparedFields.filter(
    (field) => canonicalize(essence(before, field)) !== canonicalize(essence(after, field)),
  )

/** What changed from one version to another, in the order of the later one; what is gone follows. */
export function diffOf(before: readonly SoaRow[], after: readonly SoaRow[]): RowChange[] {
  const old = new Map(before.map((row) => [row.reference, row]))
  const kept = new Set(after.map((row) => row.reference))
  const changed = after.flatMap((row): RowChange[] => {
    const was = old.get(row.reference)
    if (was === undefined) return [{ reference: row.reference, before: null, after: row, fields: [] }]
    const fields = differing(was, row)
    return fields.length === 0 ? [] : [{ reference: row.reference, before: was, after: row, fields }]
  })
  const gone = before
    .filter((row) => !kept.has(row.reference))
    .map((row): RowChange => ({ reference: row.reference, before: row, after: null, fields: [] }))
  return [...changed, ...gone]
}
