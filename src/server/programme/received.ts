import { sql } from 'kysely'
import { z } from 'zod'
import { document } from '../../certificates/document.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { evidence } from '../../evidence/evidence.ts'
import type { Command } from '../../kernel/command.ts'

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)

const receiveInput = z.strictObject({ digest: digestSchema, size: z.int().min(1) })

/**
 * Remembers that this organisation sent these bytes. The object store is shared, so a digest alone must not be enough
 * to make somebody else's document one's own. A convenience of uploads, no evidence: it is not in the log.
 */
export const receiveFile: Command<Context, z.output<typeof receiveInput>, z.output<typeof receiveInput>> = {
  kind: 'command',
  noun: 'programme-file',
  action: 'upload',
  input: receiveInput,
  output: receiveInput,
  scope: () => 'organisation',
  async run(ctx, { digest, size }) {
    await ctx.tx
      .insertInto('programmeFile')
      .values({ organisationId: ctx.organisationId, digest, receivedAt: ctx.clock.now().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return { digest, size }
  },
}

/**
 * Those of some digests whose bytes this organisation has a right to: it sent them before, or a document or an item of
 * evidence of its own is made of them. Whether the bytes are still there is another question.
 */
export async function receivedOf(ctx: Context, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(digests)]
  if (wanted.length === 0) return new Set()
  const sent = await ctx.tx
    .selectFrom('programmeFile')
    .select('digest')
    .where('digest', 'in', wanted)
    .execute()
  const documents = await ctx.tx
    .selectFrom(rowsOf(ctx, document, 'd'))
    .select('digest')
    .where('digest', 'in', wanted)
    .execute()
  const { rows: shown } = await sql<{ digest: string }>`
    select held.digest from ${rowsOf(ctx, evidence, 'e')}, lateral (
      select file ->> 'digest' as digest from jsonb_array_elements(e.files) as file
      union all select e.data ->> 'digest') as held
    where e.disposed is null and held.digest = any(${wanted})`.execute(ctx.tx)
  return new Set([...sent, ...documents, ...shown].map(({ digest }) => digest))
}

/** Whether this organisation may use the bytes of a digest, and they are there. */
export const isReceived = async (ctx: Context, digest: string): Promise<boolean> =>
  (await receivedOf(ctx, [digest])).has(digest) && (await ctx.objects.has(digest))
