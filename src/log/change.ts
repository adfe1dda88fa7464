import { z } from 'zod'

/** One field of a record before and after a change; null where the record or the field was not there. */
export const fieldChangeSchema = z.strictObject({
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
})

export type FieldChange = z.output<typeof fieldChangeSchema>

type Fields = Readonly<Record<string, unknown>>

/** Both sides come from canonical JSON, so equal values have equal texts. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The fields that differ between two states of a record, in alphabetical order. `version` and `id` say nothing that
 * the entry does not; what was erased (null) gives no changes.
 */
export function fieldChanges(before: Fields | null, after: Fields | null): FieldChange[] {
  if (!after) return []
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].sort()
  return names
    .filter(
      (name) => name !== 'version' && name !== 'id' && !same(before?.[name] ?? null, after[name] ?? null),
    )
    .map((field) => ({ field, before: before?.[field] ?? null, after: after[field] ?? null }))
}
