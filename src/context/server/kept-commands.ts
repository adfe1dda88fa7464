import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { changedFromInput, changedFromProblems } from '../../kernel/dated.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { type FieldProblem, fieldProblem, notFound, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { type Kept, keptProblems, mostReviews, type Review } from '../kept.ts'
import { referenceProblems } from './references.ts'

type Change = { id: Id; version: number; changedFrom: Day | null; reason: string | null }

/** What the commands over one kind of entry need to know of it. */
export type KeptNoun<T extends Kept, Input> = {
  noun: string
  schema: z.ZodType<T>
  createInput: z.ZodType<Input>
  updateInput: z.ZodType<Input & Change>
  /** The record that an input makes. */
  make(input: Input, rest: Pick<T, 'id' | 'version' | 'reviews' | 'former'>): T
  /** One change to an existing record. */
  change(one: T, change: Partial<Kept>): T
  every(ctx: Context): Promise<ReadonlyMap<Id, T>>
  save(ctx: Context, entry: string, records: readonly T[], reason: string | null, from?: Day): Promise<T[]>
  /** Rules of its own, beside those of every entry. */
  problems(ctx: Context, one: T): Promise<FieldProblem[]> | FieldProblem[]
}

/** What concerns every entity is changed by those who answer for all of them. */
export const scopeOfEntities = (...lists: (readonly Id[])[]): Scope =>
  lists.some((ids) => ids.length === 0) ? 'organisation' : { entities: [...new Set(lists.flat())] }

export const reasonInput = plainText(2000).nullable().default(null)

/** What comes with a change, beside what is changed. */
export const changeInput = { changedFrom: changedFromInput, reason: reasonInput }

/** Everything that is wrong with an entry: by itself, among the others, and in what it names. */
export async function problemsOf<T extends Kept, Input>(
  ctx: Context,
  noun: KeptNoun<T, Input>,
  one: T,
): Promise<FieldProblem[]> {
  const others = await noun.every(ctx)
  const before = others.get(one.id)
  const taken = [...others.values()].some((other) => other.key === one.key && other.id !== one.id)
  return [
    ...keptProblems(one),
    ...(taken ? [fieldProblem('/key', 'record.key_taken', { key: one.key })] : []),
    ...(await referenceProblems(ctx, one, before)),
    ...(await noun.problems(ctx, one)),
  ]
}

async function found<T extends Kept, Input>(ctx: Context, noun: KeptNoun<T, Input>, id: Id): Promise<T> {
  const one = (await noun.every(ctx)).get(id)
  if (!one) throw notFound(noun.noun)
  return one
}

export const createKept = <T extends Kept, Input extends Pick<Kept, 'entityIds'>>(
  noun: KeptNoun<T, Input>,
): Command<Context, Input, T> => ({
  kind: 'command',
  noun: noun.noun,
  action: 'create',
  input: noun.createInput,
  output: noun.schema,
  scope: (_, { entityIds }) => scopeOfEntities(entityIds),
  async run(ctx, input) {
    const created = noun.make(input, { id: newId(ctx.random), version: 0, reviews: [], former: null })
    refuseInvalid(await problemsOf(ctx, noun, created))
    const [saved] = await noun.save(ctx, `${noun.noun}.created`, [created], null)
    if (!saved) throw new Error('a save returned nothing')
    return saved
  },
})

/** Needs the right over whom it concerned and whom it concerns now. */
export const updateKept = <T extends Kept, Input extends Pick<Kept, 'entityIds'>>(
  noun: KeptNoun<T, Input>,
): Command<Context, Input & Change, T> => ({
  kind: 'command',
  noun: noun.noun,
  action: 'update',
  input: noun.updateInput,
  output: noun.schema,
  scope: async (ctx, { id, entityIds }) => scopeOfEntities((await found(ctx, noun, id)).entityIds, entityIds),
  async run(ctx, { reason, changedFrom, ...input }) {
    const { reviews, former } = await found(ctx, noun, input.id)
    const kept = { id: input.id, version: input.version, reviews, former }
    const after = noun.make(input as unknown as Input, kept)
    refuseInvalid([...changedFromProblems(changedFrom, ctx.today), ...(await problemsOf(ctx, noun, after))])
    const from = changedFrom ?? ctx.today
    const [saved] = await noun.save(ctx, `${noun.noun}.updated`, [after], reason, from)
    if (!saved) throw new Error('a save returned nothing')
    return saved
  },
})

const endInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  to: daySchema,
  reason: plainText(2000),
})

/** Ends an entry with its last day; what cites it keeps what it cites. */
export const endKept = <T extends Kept, Input>(
  noun: KeptNoun<T, Input>,
): Command<Context, z.output<typeof endInput>, T> => ({
  kind: 'command',
  noun: noun.noun,
  action: 'update',
  input: endInput,
  output: noun.schema,
  scope: async (ctx, { id }) => scopeOfEntities((await found(ctx, noun, id)).entityIds),
  async run(ctx, { id, version, to, reason }) {
    const before = await found(ctx, noun, id)
    if (before.to !== null && before.to < ctx.today)
      throw new Problem('precondition', 'context.ended', { day: before.to })
    const after = noun.change({ ...before, version }, { to })
    refuseInvalid(await problemsOf(ctx, noun, after))
    const [saved] = await noun.save(ctx, `${noun.noun}.ended`, [after], reason)
    if (!saved) throw new Error('a save returned nothing')
    return saved
  },
})

const bulkInput = z.strictObject({
  items: z
    .array(z.strictObject({ id: idSchema, version: z.int().min(1) }))
    .min(1)
    .max(500),
  change: z
    .strictObject({
      ownerId: idSchema.nullable().optional(),
      reviewMonths: z.int().min(1).max(60).nullable().optional(),
      /** Looked at by whoever asks; `note` says what was seen, null that nothing had changed. */
      review: z.strictObject({ on: daySchema, note: plainText(2000).nullable().default(null) }).optional(),
    })
    .refine((change) => Object.values(change).some((value) => value !== undefined), { error: 'missing' }),
  reason: reasonInput,
})

type BulkInput = z.output<typeof bulkInput>

const bulkOutput = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: idSchema,
      version: z.int(),
      fate: z.enum(['changed', 'unchanged']),
    }),
  ),
})

const byDay = (a: Review, b: Review) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)

/** Somebody's look at an entry, among those before it in the order of their days. */
const reviewed = (one: Kept, review: Review): Review[] => [...one.reviews, review].sort(byDay)

function changed<T extends Kept, Input>(
  noun: KeptNoun<T, Input>,
  one: T,
  { ownerId, reviewMonths, review }: BulkInput['change'],
  personId: Id | null,
): T {
  return noun.change(one, {
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(reviewMonths === undefined ? {} : { reviewMonths }),
    ...(review === undefined ? {} : { reviews: reviewed(one, { ...review, personId }) }),
  })
}

/** Changes the same thing of many entries: all of them or none, with the fate of each. */
export const changeManyKept = <T extends Kept, Input>(
  noun: KeptNoun<T, Input>,
): Command<Context, BulkInput, z.output<typeof bulkOutput>> => ({
  kind: 'command',
  noun: noun.noun,
  action: 'update',
  input: bulkInput,
  output: bulkOutput,
  async scope(ctx, { items }) {
    const all = await noun.every(ctx)
    const lists = items.flatMap(({ id }) => all.get(id)?.entityIds.slice() ?? [])
    const whole = items.some(({ id }) => (all.get(id)?.entityIds.length ?? 0) === 0)
    return whole ? 'organisation' : { entities: [...new Set(lists)] }
  },
  async run(ctx, { items, change, reason }) {
    const all = await noun.every(ctx)
    const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
    const problems: FieldProblem[] = []
    if (change.review && change.review.on > ctx.today)
      problems.push(fieldProblem('/change/review/on', 'context.review_future', { today: ctx.today }))
    const wanted = [...new Map(items.map((item) => [item.id, item])).values()]
    const rows: { before: T; after: T }[] = []
    for (const [index, item] of wanted.entries()) {
      const before = all.get(item.id)
      const at = `/items/${index}`
      if (!before) problems.push(fieldProblem(at, 'record.reference_unknown'))
      else if (before.version !== item.version)
        problems.push(fieldProblem(at, 'context.changed_one', { key: before.key }))
      else {
        const after = changed(noun, before, change, personId)
        const wrong = await problemsOf(ctx, noun, after)
        if (after.reviews.length > mostReviews)
          problems.push(fieldProblem(at, 'list_too_long', { limit: mostReviews }))
        problems.push(...wrong.map((one) => ({ ...one, pointer: at })))
        rows.push({ before, after })
      }
    }
    refuseInvalid(problems)
    const differs = rows.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
    const entry = change.review ? `${noun.noun}.reviewed` : `${noun.noun}.updated`
    const saved = new Map(
      (
        await noun.save(
          ctx,
          entry,
          differs.map((row) => row.after),
          reason,
        )
      ).map((one) => [one.id, one]),
    )
    return {
      rows: rows.map(({ before }) => ({
        id: before.id,
        version: saved.get(before.id)?.version ?? before.version,
        fate: saved.has(before.id) ? ('changed' as const) : ('unchanged' as const),
      })),
    }
  },
})
