import { z } from 'zod'
import { canonicalize } from '#tlog'

/**
 * `create`, `update` and `unchanged` speak of the file's parts; `waiting` is a part that somebody else has to act on
 * or whose day has not come; `left` is in the organisation and not in the file, and stays as it is.
 */
export const changeActions = ['create', 'update', 'unchanged', 'waiting', 'left'] as const

const valueSchema = z.json()

export const changeSchema = z.strictObject({
  action: z.enum(changeActions),
  noun: z.string(),
  key: z.string(),
  fields: z.array(z.strictObject({ field: z.string(), before: valueSchema, after: valueSchema })),
})

export type Change = z.output<typeof changeSchema>

type FieldChange = Change['fields'][number]

const asJson = (value: unknown) => (value ?? null) as FieldChange['before']

/** The fields of `after` that differ from those of `before`, by their canonical form. */
export const differences = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] =>
  Object.keys(after)
    .filter((field) => canonicalize(before[field] ?? null) !== canonicalize(after[field] ?? null))
    .map((field) => ({ field, before: asJson(before[field]), after: asJson(after[field]) }))
