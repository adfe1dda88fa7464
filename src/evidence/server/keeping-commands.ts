import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { plainText } from '../../kernel/text.ts'
import { type Evidence, evidence } from '../evidence.ts'
import { findEvidence, refuseEnded, scopeOfEvidence } from './found.ts'

type EvidenceCommand<Input> = Command<Context, Input, Evidence>

const versionInput = evidence.schema.pick({ id: true, version: true })
const reasonInput = versionInput.extend({ reason: plainText(2000) })
type ReasonInput = z.output<typeof reasonInput>

const usual = {
  kind: 'command',
  noun: 'evidence',
  output: evidence.schema,
  scope: (ctx: Context, { id }: { id: string }) => scopeOfEvidence(ctx, id),
} as const

/** Takes an item back. It shows nothing from that day on and stays with its files. */
export const withdrawEvidence: EvidenceCommand<ReasonInput> = {
  ...usual,
  action: 'withdraw',
  input: reasonInput,
  async run(ctx, { id, version, reason }) {
    const before = await findEvidence(ctx, id)
    refuseEnded(before)
    const withdrawn = { on: ctx.today, reason }
    return save(ctx, evidence, 'evidence.withdrawn', { ...before, version, withdrawn }, reason)
  },
}

/** Forbids disposal, whatever retention says, until somebody releases it (legal hold). */
export const holdEvidence: EvidenceCommand<ReasonInput> = {
  ...usual,
  action: 'hold',
  input: reasonInput,
  async run(ctx, { id, version, reason }) {
    const before = await findEvidence(ctx, id)
    if (before.disposed) throw new Problem('precondition', 'evidence.disposed', { day: before.disposed.on })
    if (before.hold) throw new Problem('precondition', 'evidence.held_already', { day: before.hold.since })
    const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
    if (personId === null) throw new Problem('precondition', 'evidence.review_needs_person')
    const hold = { since: ctx.today, reason, personId }
    return save(ctx, evidence, 'evidence.held', { ...before, version, hold }, reason)
  },
}

export const releaseEvidence: EvidenceCommand<ReasonInput> = {
  ...usual,
  action: 'hold',
  input: reasonInput,
  async run(ctx, { id, version, reason }) {
    const before = await findEvidence(ctx, id)
    if (!before.hold) throw new Problem('precondition', 'evidence.not_held')
    return save(ctx, evidence, 'evidence.released', { ...before, version, hold: null }, reason)
  },
}

const retainInput = versionInput.extend({
  /** The last day on which it must be kept; null when that is not decided. */
  retainUntil: daySchema.nullable(),
  reason: plainText(2000).nullable().default(null),
})

/** Decides how long an item is kept. Keeping it for less time than was decided needs a reason. */
export const retainEvidence: EvidenceCommand<z.output<typeof retainInput>> = {
  ...usual,
  action: 'retain',
  input: retainInput,
  async run(ctx, { id, version, retainUntil, reason }) {
    const before = await findEvidence(ctx, id)
    if (before.disposed) throw new Problem('precondition', 'evidence.disposed', { day: before.disposed.on })
    const earlier = before.retainUntil
    if (earlier !== null && retainUntil !== null && retainUntil < earlier && reason === null)
      refuseInvalid([fieldProblem('/reason', 'evidence.retention_shorter', { day: earlier })])
    return save(ctx, evidence, 'evidence.retained', { ...before, version, retainUntil }, reason)
  },
}

const disposeInput = versionInput.extend({ basis: plainText(2000) })

/**
 * Removes the files of an item whose time of retention is over. The record, with names, sizes and digests, stays: what
 * was there can still be told, and a copy elsewhere recognised.
 */
export const disposeEvidence: EvidenceCommand<z.output<typeof disposeInput>> = {
  ...usual,
  action: 'dispose',
  input: disposeInput,
  async run(ctx, { id, version, basis }) {
    const before = await findEvidence(ctx, id)
    if (before.disposed) throw new Problem('precondition', 'evidence.disposed', { day: before.disposed.on })
    const { hold, retainUntil, files, data } = before
    if (hold) throw new Problem('precondition', 'evidence.held', { day: hold.since, reason: hold.reason })
    if (retainUntil === null) throw new Problem('precondition', 'evidence.retention_open')
    if (retainUntil >= ctx.today) throw new Problem('precondition', 'evidence.retained', { day: retainUntil })
    const disposed = { on: ctx.today, basis }
    const saved = await save(ctx, evidence, 'evidence.disposed', { ...before, version, disposed }, basis)
    for (const digest of new Set([...files.map((file) => file.digest), ...(data ? [data.digest] : [])]))
      ctx.discard(digest)
    return saved
  },
}
