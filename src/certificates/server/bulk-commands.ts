import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { fieldProblem, notFound, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { inLanguage } from '../../kernel/language.ts'
import { plainText } from '../../kernel/text.ts'
import { type Certificate, certificate } from '../certificate.ts'
import { bulkTexts } from '../problems.ts'
import { scopeOfCertificate } from './answers.ts'

const mostItems = 500

/** The chosen rows, each at the version that was looked at. */
const items = z
  .array(z.strictObject({ id: idSchema, version: z.int().min(1) }))
  .min(1)
  .max(mostItems)

const fates = ['changed', 'unchanged', 'refused'] as const

const output = z.strictObject({
  /** False when some row was refused: then nothing has changed anywhere. */
  applied: z.boolean(),
  counts: z.record(z.enum(fates), z.int()),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      fate: z.enum(fates),
      /** Why it was refused. */
      code: z.string().nullable(),
      text: z.strictObject({ en: z.string(), ja: z.string() }).nullable(),
    }),
  ),
})

type Items = { items: z.output<typeof items> }
export type BulkResult = z.output<typeof output>

type BulkCommand<Input> = Command<Context, Input, BulkResult>

/** What a change makes of one certificate: the same, a changed one, or the code of a reason in {@link bulkTexts}. */
type Change = (one: Certificate) => Certificate | string

async function chosen(ctx: Context, { items: wanted }: Items): Promise<Map<Id, Certificate>> {
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .selectAll()
    .where(sql<boolean>`id = any(${wanted.map((one) => one.id)}::uuid[])`)
    .execute()
  return new Map(rows.map((one) => [one.id, one]))
}

const holdersOf = (one: Certificate) => ({ entities: scopeOfCertificate(one).entities })

/**
 * The rows that the actor may change; each of the others is refused by itself. When there is none, the scope is what is
 * left of the rows: the command as a whole is refused as one of them alone would be.
 */
async function scopeOfChosen(ctx: Context, permission: string, input: Items): Promise<Scope> {
  const found = [...(await chosen(ctx, input)).values()].map(holdersOf)
  if (found.length === 0) throw notFound('certificate')
  const allowed = found.filter((scope) => ctx.can(permission, scope))
  const counted = allowed.length > 0 ? allowed : found
  return { entities: [...new Set(counted.flatMap((scope) => scope.entities))] }
}

function planned(
  ctx: Context,
  permission: string,
  item: Items['items'][number],
  one: Certificate | undefined,
  change: Change,
): Certificate | string {
  // A stranger's certificate and one that does not exist look alike.
  const reads = one && holdersOf(one).entities.some((id) => ctx.can('certificate.read', { entities: [id] }))
  if (!one) return 'bulk.not_found'
  if (!ctx.can(permission, holdersOf(one))) return reads ? 'bulk.not_permitted' : 'bulk.not_found'
  const after = change(one)
  // What is so already is no conflict: the same request twice changes nothing the second time.
  if (typeof after === 'string' || after === one || one.version === item.version) return after
  return 'bulk.changed_meanwhile'
}

const refusal = (code: string) => ({
  code,
  text: { en: inLanguage(bulkTexts[code] ?? {}, 'en'), ja: inLanguage(bulkTexts[code] ?? {}, 'ja') },
})

/** Changes all chosen rows, or none when one of them is refused; says for each what became of it. One transaction. */
async function changeAll(
  ctx: Context,
  input: Items,
  parts: { permission: string; type: string; reason: string | null; change: Change },
): Promise<BulkResult> {
  const found = await chosen(ctx, input)
  const once = [...new Map(input.items.map((item) => [item.id, item])).values()]
  const plan = once.map((item) => {
    const before = found.get(item.id)
    return { id: item.id, before, after: planned(ctx, parts.permission, item, before, parts.change) }
  })
  const rows = plan.map(({ id, before, after }) =>
    typeof after === 'string'
      ? { id, fate: 'refused' as const, ...refusal(after) }
      : {
          id,
          fate: after === before ? ('unchanged' as const) : ('changed' as const),
          code: null,
          text: null,
        },
  )
  const count = (fate: (typeof fates)[number]) => rows.filter((row) => row.fate === fate).length
  const counts = { changed: count('changed'), unchanged: count('unchanged'), refused: count('refused') }
  const applied = counts.refused === 0
  if (applied) {
    const changed = plan.flatMap(({ before, after }) =>
      typeof after !== 'string' && after !== before ? [after] : [],
    )
    await saveAll(ctx, certificate, parts.type, changed, parts.reason)
  }
  return { applied, counts, rows }
}

const checkInput = z.strictObject({ items, checkedOn: daySchema })

/** Says of many certificates that somebody compared them with the issuer's register on a day. */
export const checkVerifications: BulkCommand<z.output<typeof checkInput>> = {
  kind: 'command',
  noun: 'certificate',
  action: 'record',
  input: checkInput,
  output,
  scope: (ctx, input) => scopeOfChosen(ctx, 'certificate.record', input),
  async run(ctx, input) {
    const { checkedOn } = input
    if (checkedOn > ctx.today)
      refuseInvalid([
        fieldProblem('/checkedOn', 'certificate.event_in_future', { day: checkedOn, today: ctx.today }),
      ])
    const change: Change = (one) => {
      if (one.verificationUrl === null) return 'bulk.no_verification_address'
      const known = one.verificationCheckedOn
      // A later look is not undone by telling of an earlier one.
      return known !== null && known >= checkedOn ? one : { ...one, verificationCheckedOn: checkedOn }
    }
    const type = 'certificate.verification_checked'
    return changeAll(ctx, input, { permission: 'certificate.record', type, reason: null, change })
  },
}

const endInput = z.strictObject({ items, entityId: idSchema, to: daySchema, reason: plainText(2000) })

/** Ends what an entity holds on a day; a part that ended before, or begins after, stays as it is. */
const endedHolder =
  (entityId: Id, to: Day): Change =>
  (one) => {
    const parts = one.holders.filter((holder) => holder.entityId === entityId)
    if (parts.length === 0) return 'bulk.not_a_holder'
    if (parts.every((part) => part.from !== null && part.from > to)) return 'bulk.holder_begins_later'
    const open = parts.filter((part) => (part.from ?? '') <= to && (part.to ?? '9999') > to)
    if (open.length === 0) return one
    return { ...one, holders: one.holders.map((part) => (open.includes(part) ? { ...part, to } : part)) }
  }

/** Ends an entity's part in many certificates on its last day: a company was sold, merged or wound up. */
export const endHolders: BulkCommand<z.output<typeof endInput>> = {
  kind: 'command',
  noun: 'certificate',
  action: 'update',
  input: endInput,
  output,
  scope: (ctx, input) => scopeOfChosen(ctx, 'certificate.update', input),
  run: (ctx, input) =>
    changeAll(ctx, input, {
      permission: 'certificate.update',
      type: 'certificate.updated',
      reason: input.reason,
      change: endedHolder(input.entityId, input.to),
    }),
}
