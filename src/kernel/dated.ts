import { z } from 'zod'
import { addDays, type Day, daySchema } from './day.ts'
import { type FieldProblem, fieldProblem } from './error.ts'

/** What some fields said before a change: each was so through the day before `until`. */
export type Former = { until: Day; was: Record<string, unknown> }

/** Something of which changes of some fields are dated; null and absent are the same: nothing was different before. */
export type Dated = { former?: readonly Former[] | null | undefined }

/** Changes that one record keeps at most; the log has all of them. */
const mostKept = 400

/**
 * What the dated fields of a record said before, in the order of days. Nullable, since records from before a field was
 * dated have nothing to say: what was known then, the log still answers.
 */
export const formerList = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .array(z.strictObject({ until: daySchema, was: z.strictObject(shape).partial() }))
    .max(mostKept)
    .nullable()

/** The same as a record has it. */
export const formerSchema = <Shape extends z.ZodRawShape>(shape: Shape) => formerList(shape).default(null)

/** The fields that a record's `former` is about. */
export function datedFields(former: unknown): readonly string[] {
  const inner = former instanceof z.ZodDefault ? former.unwrap() : null
  const list = inner instanceof z.ZodNullable ? inner.unwrap() : null
  const each = list instanceof z.ZodArray ? list.element : null
  const was = each instanceof z.ZodObject ? each.shape.was : null
  return was instanceof z.ZodObject ? Object.keys(was.shape) : []
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** A record as it stood on a day: every later change of a dated field is undone. */
export function recordOn<R extends Dated>(one: R, day: Day): R {
  const all = one.former ?? []
  const later = all.filter(({ until }) => until > day)
  if (later.length === 0) return one
  const rest = all.filter(({ until }) => until <= day)
  const undone = Object.assign({}, ...later.toReversed().map(({ was }) => was))
  return { ...one, ...undone, former: rest.length === 0 ? null : rest }
}

/** What a field said on a day. */
const saidOn = (one: Dated, field: string, day: Day): unknown =>
  (recordOn(one, day) as Record<string, unknown>)[field]

function without(all: readonly Former[], field: string, from: Day): Former[] {
  return all.flatMap((each) => {
    if (each.until < from || !(field in each.was)) return [each]
    const { [field]: _, ...was } = each.was
    return Object.keys(was).length === 0 ? [] : [{ until: each.until, was }]
  })
}

function withChange(all: readonly Former[], field: string, was: unknown, from: Day): Former[] {
  const same = all.find(({ until }) => until === from)
  if (same) return all.map((each) => (each === same ? { ...each, was: { ...each.was, [field]: was } } : each))
  return [...all, { until: from, was: { [field]: was } }].sort((a, b) => (a.until < b.until ? -1 : 1))
}

/**
 * A changed record with what it said before: each dated field that differs says the new from a day on, whatever it was
 * said to become after that day. What it said on the days before stays.
 */
export function datedFrom<R extends Dated>(before: Dated, after: R, fields: readonly string[], from: Day): R {
  const then = before as Record<string, unknown>
  const now = after as Record<string, unknown>
  let former: readonly Former[] = before.former ?? []
  for (const field of fields) {
    if (isSame(then[field], now[field])) continue
    const was = saidOn(before, field, addDays(from, -1)) ?? null
    former = without(former, field, from)
    if (!isSame(was, now[field])) former = withChange(former, field, was, from)
  }
  // Nothing of it changed, whatever the changed record brings: what it was before it was read stays.
  if (former === before.former || (former.length === 0 && !before.former))
    return 'former' in before ? { ...after, former: before.former } : after
  const kept = former.slice(-mostKept)
  return { ...after, former: kept.length === 0 ? null : kept }
}

/**
 * From which day a change of dated fields holds, as commands are told; null is today. What they are told of `former` is not read:
 * only the writer of records adds to it.
 */
export const changedFromInput = daySchema.nullable().default(null)

/** A change is a fact of today or of a day before: nobody knows what will be changed until a day ahead. */
export const changedFromProblems = (from: Day | null, today: Day): FieldProblem[] =>
  from !== null && from > today
    ? [fieldProblem('/changedFrom', 'record.change_ahead', { day: from, today })]
    : []

/** A stretch of days on which a dated field said the same. */
export type Stretch<T> = { value: T; from: Day | null; to: Day | null }

/** What a field said over time, oldest first; the first stretch has no first day, the last none that is its last. */
export function stretchesOf<R extends Dated, K extends keyof R & string>(one: R, field: K): Stretch<R[K]>[] {
  const changes = (one.former ?? []).filter(({ was }) => field in was)
  const past = changes.map(({ until, was }, index) => ({
    value: was[field] as R[K],
    from: changes[index - 1]?.until ?? null,
    to: addDays(until, -1),
  }))
  return [...past, { value: one[field], from: changes.at(-1)?.until ?? null, to: null }]
}
