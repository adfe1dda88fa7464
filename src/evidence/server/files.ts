import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Command, Query, Scope } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, notFound, Problem } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { type EvidenceFile, type FileFacts, fileFacts, fileSchema } from '../file.ts'
import { uploadLife, uploadLimits } from '../limits.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/** Whose files they are. Assay itself has no id and needs none: it waits for nobody. */
export const senderOf = (ctx: Context): Id => ctx.actor.id ?? nobody

/** Files belong to their sender and to no entity yet: any grant that lets somebody add evidence somewhere suffices. */
export function anywhere(ctx: Context): Scope {
  return ctx.visible === null ? 'organisation' : { entities: ctx.visible.entities.slice(0, 1) }
}

export const inMilliseconds = (ctx: Context, life: number): string =>
  new Date(ctx.clock.now().getTime() + life).toISOString()

/** Files and bytes of the sender that wait or are on their way. */
export async function waitingOf(ctx: Context): Promise<{ files: number; bytes: number; open: number }> {
  const { rows } = await sql<{ files: number; bytes: number; open: number }>`
    select count(*)::int as files, coalesce(sum(size), 0)::bigint as bytes,
      (count(*) filter (where state = 'receiving'))::int as open
    from evidence_upload where actor_id = ${senderOf(ctx)}::uuid and expires_at > ${ctx.clock.now().toISOString()}::timestamptz
      and state <> 'refused'`.execute(ctx.tx)
  return rows[0] ?? { files: 0, bytes: 0, open: 0 }
}

type Waiting = Awaited<ReturnType<typeof waitingOf>>

/** Refuses another `size` bytes from a sender who has too much waiting. Senders at the same moment may pass together. */
export function refuseCrowd(has: Waiting, files: number, size: number): void {
  const { waitingFiles, waitingBytes } = uploadLimits
  if (has.files + files <= waitingFiles && has.bytes + size <= waitingBytes) return
  throw new Problem('limited', 'evidence.files_waiting', {
    count: has.files,
    bytes: has.bytes,
    limit: waitingFiles,
    most: waitingBytes,
  })
}

const fileInput = z.strictObject(fileFacts)

/** Remembers a stored and inspected file for its sender, until an item uses it. */
export const keepFile: Command<Context, FileFacts, EvidenceFile> = {
  kind: 'command',
  noun: 'evidence',
  action: 'add',
  input: fileInput,
  output: fileSchema,
  scope: anywhere,
  async run(ctx, input) {
    refuseCrowd(await waitingOf(ctx), 1, input.size)
    const { name, size, digest, mediaType, cardNumbers, notInspected } = input
    const id = newId(ctx.random)
    await ctx.tx
      .insertInto('evidenceUpload')
      .values({
        organisationId: ctx.organisationId,
        id,
        actorId: senderOf(ctx),
        name,
        declaredType: '',
        state: 'received',
        size,
        received: size,
        digest,
        mediaType,
        cardNumbers,
        notInspected: JSON.stringify(notInspected),
        findings: null,
        createdAt: ctx.clock.now().toISOString(),
        expiresAt: inMilliseconds(ctx, uploadLife.received),
      })
      .execute()
    return { id, ...input }
  },
}

const waitingSchema = fileSchema.extend({ expiresAt: z.string() })

/** The sender's own files that no item uses yet, the oldest first. */
export const listFiles: Query<Context, Record<string, never>, { items: z.output<typeof waitingSchema>[] }> = {
  kind: 'query',
  noun: 'evidence',
  action: 'add',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(waitingSchema) }),
  scope: () => 'filtered',
  async run(ctx) {
    const rows = await ctx.tx
      .selectFrom('evidenceUpload')
      .select(['id', 'name', 'mediaType', 'size', 'digest', 'cardNumbers', 'notInspected', 'expiresAt'])
      .where('actorId', '=', senderOf(ctx))
      .where('state', '=', 'received')
      .where('expiresAt', '>', ctx.clock.now().toISOString())
      .orderBy('createdAt')
      .orderBy('id')
      .limit(uploadLimits.waitingFiles)
      .execute()
    return { items: rows.map((row) => waitingSchema.parse(row)) }
  },
}

/** Gives up a file that waits; its bytes go when nothing else needs them. */
export const discardFile: Command<Context, { id: Id }, null> = {
  kind: 'command',
  noun: 'evidence',
  action: 'add',
  input: z.strictObject({ id: idSchema }),
  output: z.null(),
  scope: anywhere,
  async run(ctx, { id }) {
    const gone = await ctx.tx
      .deleteFrom('evidenceUpload')
      .where('id', '=', id)
      .where('actorId', '=', senderOf(ctx))
      .where('state', '=', 'received')
      .returning('digest')
      .executeTakeFirst()
    if (!gone) throw notFound('file')
    if (gone.digest !== null) ctx.discard(gone.digest)
    return null
  },
}

type Taken = { files: EvidenceFile[]; problems: FieldProblem[] }

/**
 * Takes waiting files of the sender over into an item, in the order named. Each can be taken once: the row goes in the
 * transaction in which the item comes to be, so that the object is never without somebody who needs it.
 */
export async function takeFiles(ctx: Context, ids: readonly Id[], pointer = 'files'): Promise<Taken> {
  if (ids.length === 0) return { files: [], problems: [] }
  const rows = await ctx.tx
    .deleteFrom('evidenceUpload')
    .where('id', 'in', [...new Set(ids)])
    .where('actorId', '=', senderOf(ctx))
    .where('state', '=', 'received')
    .where('expiresAt', '>', ctx.clock.now().toISOString())
    .returning(['id', 'name', 'mediaType', 'size', 'digest', 'cardNumbers', 'notInspected'])
    .execute()
  const byId = new Map(rows.map((row) => [row.id, fileSchema.parse(row)]))
  const taken = await Promise.all(
    ids.map(async (id, index): Promise<{ file: EvidenceFile } | { problem: FieldProblem }> => {
      const at = `/${pointer}/${index}`
      const file = byId.get(id)
      if (!file) return { problem: fieldProblem(at, 'evidence.file_unknown') }
      if (ids.indexOf(id) < index) return { problem: fieldProblem(at, 'evidence.link_twice') }
      if (!(await ctx.objects.has(file.digest))) return { problem: fieldProblem(at, 'evidence.file_gone') }
      return { file }
    }),
  )
  return {
    files: taken.flatMap((one) => ('file' in one ? [one.file] : [])),
    problems: taken.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  }
}
