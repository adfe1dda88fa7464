import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { notFound, Problem } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { type Erasure, erasedType, erasure } from '../erasure.ts'
import { forgetAnswers } from './erase-answers.ts'

/**
 * The entries must be of the record, and not its newest: what replaying the log rebuilds must stay known. A record
 * that holds personal data is first changed by its own noun's command, so that its newest entry holds none.
 */
async function refuseEntries(ctx: Context, one: Pick<Erasure, 'subjectNoun' | 'subjectId' | 'entries'>) {
  const rows = await ctx.tx
    .selectFrom('logEntry')
    .select('idx')
    .where('organisationId', '=', ctx.organisationId)
    .where('noun', '=', one.subjectNoun)
    .where('recordId', '=', one.subjectId)
    .orderBy('n')
    .execute()
  const own = rows.map((row) => row.idx)
  const foreign = one.entries.find((index) => !own.includes(index))
  if (foreign !== undefined) throw new Problem('invalid', 'log.not_of_record', { index: foreign })
  const newest = own.at(-1)
  if (newest !== undefined && one.entries.includes(newest))
    throw new Problem('precondition', 'log.newest_stays', { index: newest })
}

const requestInput = erasure.schema.pick({
  subjectNoun: true,
  subjectId: true,
  entries: true,
  legalBasis: true,
})

export const requestErasure: Command<Context, z.output<typeof requestInput>, Erasure> = {
  kind: 'command',
  noun: 'log',
  action: 'request_erasure',
  input: requestInput,
  output: erasure.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const entries = [...new Set(input.entries)].sort((a, b) => a - b)
    await refuseEntries(ctx, { ...input, entries })
    return save(ctx, erasure, 'erasure.requested', {
      ...input,
      entries,
      id: newId(ctx.random),
      version: 0,
      state: 'requested',
      requestedBy: ctx.actor.id,
      approvedBy: null,
    })
  },
}

/**
 * Carries out a request by someone else: statement and salt of the entries go, and answers remembered for retries, which
 * may repeat them. Their leaves and every proof stay.
 */
export const erase: Command<Context, { id: Id; version: number }, Erasure> = {
  kind: 'command',
  noun: 'log',
  action: 'erase',
  input: z.strictObject({ id: idSchema, version: z.int().min(1) }),
  output: erasure.schema,
  seal: true,
  scope: () => 'organisation',
  async run(ctx, { id, version }) {
    const one = await ctx.tx
      .selectFrom(rowsOf(ctx, erasure, 'e'))
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    if (!one) throw notFound('erasure')
    if (one.state !== 'requested') throw new Problem('precondition', 'log.erasure_decided')
    if (one.requestedBy === ctx.actor.id) throw new Problem('precondition', 'log.approver_is_requester')
    await refuseEntries(ctx, one)
    await ctx.tx
      .updateTable('logEntry')
      .set({ salt: null, statement: null })
      .where('organisationId', '=', ctx.organisationId)
      .where('idx', 'in', one.entries)
      .execute()
    await forgetAnswers(ctx)
    return save(ctx, erasure, erasedType, { ...one, version, state: 'erased', approvedBy: ctx.actor.id })
  },
}
