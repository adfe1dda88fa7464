import { z } from 'zod'
import { canonicalize } from '#tlog'
import { protectsSchema } from '../../assets/protects.ts'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { findPerson } from '../../people/server/queries.ts'
import { type Control, control } from '../control.ts'
import { reviewNow } from './commands.ts'
import { controlsById } from './queries.ts'

/** The chosen controls, each at the version whose words were looked at. */
const items = z
  .array(z.strictObject({ id: idSchema, version: z.int().min(1) }))
  .min(1)
  .max(500)

type Items = { items: z.output<typeof items> }

const output = z.strictObject({ changed: z.int(), unchanged: z.int() })

type BulkCommand<Input> = Command<Context, Input, z.output<typeof output>>

/** The chosen controls in the order in which they were chosen; refuses all when one is gone, retired or changed. */
async function chosen(
  ctx: Context,
  input: Items,
  isSoAlready: (one: Control) => boolean,
): Promise<Control[]> {
  const found = await controlsById(
    ctx,
    input.items.map((item) => item.id),
  )
  const problems: FieldProblem[] = []
  const rows = [...new Map(input.items.map((item) => [item.id, item])).values()].flatMap((item, index) => {
    const one = found.get(item.id)
    const at = `/items/${index}`
    if (!one) problems.push(fieldProblem(at, 'record.reference_unknown'))
    else if (one.retiredOn !== null)
      problems.push(fieldProblem(at, 'control.retired_one', { code: one.code, day: one.retiredOn }))
    else if (one.version !== item.version && !isSoAlready(one))
      problems.push(fieldProblem(at, 'control.changed_one', { code: one.code }))
    return one ? [one] : []
  })
  refuseInvalid(problems)
  return rows
}

/** Changes what is not so already, all of it or nothing. */
async function changeAll(
  ctx: Context,
  input: Items,
  parts: {
    type: string
    reason: string | null
    isSoAlready(one: Control): boolean
    change: Partial<Control>
  },
): Promise<z.output<typeof output>> {
  const rows = await chosen(ctx, input, parts.isSoAlready)
  const changed = rows.filter((one) => !parts.isSoAlready(one)).map((one) => ({ ...one, ...parts.change }))
  await saveAll(ctx, control, parts.type, changed, parts.reason)
  return { changed: changed.length, unchanged: rows.length - changed.length }
}

const reviewInput = z.strictObject({ items })

/** Confirms the words of many controls: whoever says so has seen each at the version named. */
export const reviewControls: BulkCommand<Items> = {
  kind: 'command',
  noun: 'control',
  action: 'review',
  input: reviewInput,
  output,
  scope: () => 'organisation',
  async run(ctx, input) {
    const review = reviewNow(ctx)
    if (review === null) throw new Problem('precondition', 'control.review_needs_person')
    const isSoAlready = (one: Control) => one.review !== null
    return changeAll(ctx, input, { type: 'control.reviewed', reason: null, isSoAlready, change: { review } })
  },
}

const ownInput = z.strictObject({
  items,
  ownerId: idSchema.nullable(),
  reason: plainText(2000).nullable().default(null),
})

/** Gives many controls to one owner, or to nobody. It does not review their words: nobody was asked to read them. */
export const assignControls: BulkCommand<z.output<typeof ownInput>> = {
  kind: 'command',
  noun: 'control',
  action: 'update',
  input: ownInput,
  output,
  scope: () => 'organisation',
  async run(ctx, input) {
    const { ownerId, reason } = input
    if (ownerId !== null) await findPerson(ctx, ownerId)
    const isSoAlready = (one: Control) => one.ownerId === ownerId
    return changeAll(ctx, input, { type: 'control.assigned', reason, isSoAlready, change: { ownerId } })
  },
}

const protectInput = z.strictObject({
  items,
  protects: protectsSchema,
  reason: plainText(2000).nullable().default(null),
})

/** Says of many controls what of which assets they protect. Like an owner, it is none of the words that are reviewed. */
export const protectControls: BulkCommand<z.output<typeof protectInput>> = {
  kind: 'command',
  noun: 'control',
  action: 'update',
  input: protectInput,
  output,
  scope: () => 'organisation',
  async run(ctx, input) {
    const { protects, reason } = input
    const isSoAlready = (one: Control) => canonicalize(one.protects) === canonicalize(protects)
    return changeAll(ctx, input, { type: 'control.updated', reason, isSoAlready, change: { protects } })
  },
}
