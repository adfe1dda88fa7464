import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { fieldProblem, notFound, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { isStorable } from '../../kernel/text.ts'
import { type FileFacts, fileFacts, fileSchema } from '../file.ts'
import { uploadLife, uploadLimits } from '../limits.ts'
import { anywhere, inMilliseconds, refuseCrowd, senderOf, waitingOf } from './files.ts'

const findingSchema = z.strictObject({
  name: z.string(),
  brand: z.string(),
  masked: z.string(),
  place: z.string(),
})
export type UploadFinding = z.output<typeof findingSchema>

const uploadSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  type: z.string(),
  state: z.enum(['receiving', 'received', 'refused']),
  size: z.int(),
  /** Bytes that are durable: the next piece begins here. */
  offset: z.int(),
  expiresAt: z.string(),
  /** The file, once all of it was received and inspected; it waits under the id of the upload. */
  file: fileSchema.nullable(),
  /** Where card numbers were found, masked. */
  findings: z.array(findingSchema),
})

export type Upload = z.output<typeof uploadSchema>

type UploadCommand<Input> = Command<Context, Input, Upload>

const usual = {
  kind: 'command',
  noun: 'evidence',
  action: 'add',
  output: uploadSchema,
  scope: anywhere,
} as const

const openInput = z.strictObject({
  name: fileFacts.name,
  type: z.string().max(200).refine(isStorable, { error: 'unstorable_character' }).default(''),
  size: z.int().min(1),
})

/** Announces a file that will come in pieces. */
export const openUpload: UploadCommand<z.output<typeof openInput>> = {
  ...usual,
  input: openInput,
  async run(ctx, { name, type, size }) {
    if (size > uploadLimits.file)
      refuseInvalid([fieldProblem('/size', 'evidence.file_too_large', { limit: uploadLimits.file })])
    const waiting = await waitingOf(ctx)
    const { open } = waiting
    if (open >= uploadLimits.open)
      throw new Problem('limited', 'evidence.uploads_open', { count: open, limit: uploadLimits.open })
    refuseCrowd(waiting, 1, size)
    const id = newId(ctx.random)
    const expiresAt = inMilliseconds(ctx, uploadLife.receiving)
    await ctx.tx
      .insertInto('evidenceUpload')
      .values({
        organisationId: ctx.organisationId,
        id,
        actorId: senderOf(ctx),
        name,
        declaredType: type,
        state: 'receiving',
        size,
        received: 0,
        digest: null,
        mediaType: null,
        cardNumbers: null,
        notInspected: null,
        findings: null,
        createdAt: ctx.clock.now().toISOString(),
        expiresAt,
      })
      .execute()
    return { id, name, type, state: 'receiving', size, offset: 0, expiresAt, file: null, findings: [] }
  },
}

const uploadOf = (row: {
  id: Id
  name: string
  declaredType: string
  state: string
  size: number
  received: number
  digest: string | null
  mediaType: string | null
  cardNumbers: string | null
  notInspected: unknown
  findings: unknown
  expiresAt: string
}): Upload => {
  const { id, name, mediaType, size, digest, cardNumbers, notInspected } = row
  return uploadSchema.parse({
    id,
    name,
    type: row.declaredType,
    state: row.state,
    size,
    offset: row.received,
    expiresAt: row.expiresAt,
    file: digest === null ? null : { id, name, mediaType, size, digest, cardNumbers, notInspected },
    findings: row.findings ?? [],
  })
}

async function findUpload(ctx: Context, id: Id): Promise<Upload> {
  const row = await ctx.tx
    .selectFrom('evidenceUpload')
    .selectAll()
    .where('id', '=', id)
    .where('actorId', '=', senderOf(ctx))
    .where('expiresAt', '>', ctx.clock.now().toISOString())
    .executeTakeFirst()
  if (!row) throw notFound('upload')
  return uploadOf(row)
}

/** The sender's uploads that have not come to their end: whoever was interrupted finds here where to go on. */
export const listUploads: Query<Context, Record<string, never>, { items: Upload[] }> = {
  kind: 'query',
  noun: 'evidence',
  action: 'add',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(uploadSchema) }),
  scope: () => 'filtered',
  async run(ctx) {
    const rows = await ctx.tx
      .selectFrom('evidenceUpload')
      .selectAll()
      .where('actorId', '=', senderOf(ctx))
      .where('state', '=', 'receiving')
      .where('expiresAt', '>', ctx.clock.now().toISOString())
      .orderBy('createdAt')
      .orderBy('id')
      .limit(uploadLimits.open)
      .execute()
    return { items: rows.map(uploadOf) }
  },
}

/** How far an upload is. */
export const getUpload: Query<Context, { id: Id }, Upload> = {
  kind: 'query',
  noun: 'evidence',
  action: 'add',
  input: z.strictObject({ id: idSchema }),
  output: uploadSchema,
  scope: () => 'filtered',
  run: (ctx, { id }) => findUpload(ctx, id),
}

const advanceInput = z.strictObject({ id: idSchema, offset: z.int().min(0) })

/** Acknowledges durable bytes. Fewer than before means that some were lost: the sender goes on from there. */
export const advanceUpload: UploadCommand<z.output<typeof advanceInput>> = {
  ...usual,
  input: advanceInput,
  async run(ctx, { id, offset }) {
    const before = await findUpload(ctx, id)
    const expiresAt = inMilliseconds(ctx, uploadLife.receiving)
    await ctx.tx
      .updateTable('evidenceUpload')
      .set({ received: offset, expiresAt })
      .where('id', '=', id)
      .where('state', '=', 'receiving')
      .execute()
    return { ...before, offset, expiresAt }
  },
}

const finishInput = z.strictObject({ id: idSchema, ...fileFacts })

/** The file is an object now and waits for its item. */
export const finishUpload: UploadCommand<FileFacts & { id: Id }> = {
  ...usual,
  input: finishInput,
  async run(ctx, { id, digest, mediaType, cardNumbers, notInspected, size }) {
    await findUpload(ctx, id)
    await ctx.tx
      .updateTable('evidenceUpload')
      .set({
        state: 'received',
        received: size,
        digest,
        mediaType,
        cardNumbers,
        notInspected: JSON.stringify(notInspected),
        expiresAt: inMilliseconds(ctx, uploadLife.received),
      })
      .where('id', '=', id)
      .where('state', '=', 'receiving')
      .execute()
    return findUpload(ctx, id)
  },
}

const refuseInput = z.strictObject({ id: idSchema, findings: z.array(findingSchema).max(50) })

/** The file held card numbers and is gone; where they stood is kept, masked, for who missed the answer. */
export const refuseUpload: UploadCommand<z.output<typeof refuseInput>> = {
  ...usual,
  input: refuseInput,
  async run(ctx, { id, findings }) {
    await findUpload(ctx, id)
    await ctx.tx
      .updateTable('evidenceUpload')
      .set({ state: 'refused', received: 0, findings: JSON.stringify(findings) })
      .where('id', '=', id)
      .where('state', '=', 'receiving')
      .execute()
    return findUpload(ctx, id)
  },
}

/** Gives an upload up; what arrived is destroyed. */
export const cancelUpload: Command<Context, { id: Id }, null> = {
  kind: 'command',
  noun: 'evidence',
  action: 'add',
  input: z.strictObject({ id: idSchema }),
  output: z.null(),
  scope: anywhere,
  async run(ctx, { id }) {
    const { state } = await findUpload(ctx, id)
    if (state === 'received') throw notFound('upload')
    await ctx.tx.deleteFrom('evidenceUpload').where('id', '=', id).execute()
    ctx.afterCommit.push(() => ctx.objects.incoming.discard(id))
    return null
  },
}
