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

/** Whether this organisation has the bytes of a digest: it sent them before, or a document of its own is made of them. */
export async function isReceived(ctx: Context, digest: string): Promise<boolean> {
  const sent = await ctx.tx
    .selectFrom('programmeFile')
    .select('digest')
    .where('digest', '=', digest)
    .executeTakeFirst()
  const known =
    sent ??
    (await ctx.tx
      .selectFrom(rowsOf(ctx, document, 'd'))
      .select('digest')
      .where('digest', '=', digest)
      .executeTakeFirst())
  return (known !== undefined || (await isEvidence(ctx, digest))) && (await ctx.objects.has(digest))
}

/** Whether an item of evidence of this organisation holds these bytes. */
async function isEvidence(ctx: Context, digest: string): Promise<boolean> {
  const found = await ctx.tx
    .selectFrom(rowsOf(ctx, evidence, 'e'))
    .select('id')
    .where(sql<boolean>`(files @> ${JSON.stringify([{ digest }])}::jsonb or data ->> 'digest' = ${digest})`)
    .executeTakeFirst()
  return found !== undefined
}
