import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import type { Digest } from '../../db/objects.ts'
import { rowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { evidence } from '../evidence.ts'
import { type EvidenceFile, fileSchema } from '../file.ts'
import { visibleEvidence } from './conditions.ts'
import { senderOf } from './files.ts'

type Stored = {
  facts: Omit<EvidenceFile, 'id' | 'name'>
  /** The upload of the actor that waits with it, or the item that has it. */
  waiting: Id | null
  item: Id | null
}

const factsOf = (row: unknown): Stored['facts'] => {
  const { id: _id, name: _name, ...facts } = fileSchema.parse(row)
  return facts
}

/**
 * Files by digest that the actor may use: those that wait for them, and those of items that they see. A digest alone opens
 * nothing: whoever knows that of somebody else's file gets no more than whoever invented one.
 */
export async function storedFiles(
  ctx: Context,
  digests: readonly Digest[],
): Promise<ReadonlyMap<Digest, Stored>> {
  if (digests.length === 0) return new Map()
  const { rows: kept } = await sql<{ item: Id; file: unknown }>`
    select e.id as item, file from ${rowsOf(ctx, evidence, 'e')}, jsonb_array_elements(files) as file
    where disposed is null and ${await visibleEvidence(ctx)} and file ->> 'digest' = any(${[...digests]}::text[])
    order by e.id`.execute(ctx.tx)
  const waiting = await ctx.tx
    .selectFrom('evidenceUpload')
    .select(['id', 'name', 'mediaType', 'size', 'digest', 'cardNumbers', 'notInspected'])
    .where(sql<boolean>`digest = any(${[...digests]}::text[])`)
    .where('actorId', '=', senderOf(ctx))
    .where('state', '=', 'received')
    .where('expiresAt', '>', ctx.clock.now().toISOString())
    .execute()
  const found: [Digest, Stored][] = [
    ...kept.map(({ item, file }): [Digest, Stored] => {
      const facts = factsOf(file)
      return [facts.digest, { facts, waiting: null, item }]
    }),
    ...waiting.map((row): [Digest, Stored] => {
      const facts = factsOf(row)
      return [facts.digest, { facts, waiting: row.id, item: null }]
    }),
  ]
  const here = new Map(found)
  for (const digest of here.keys()) if (!(await ctx.objects.has(digest))) here.delete(digest)
  return here
}

/**
 * Takes what new items use: files that waited wait no longer, and the items that have the others stay as they are until the
 * transaction ends, so that no file goes before somebody else needs it.
 */
export async function useFiles(
  ctx: Context,
  stored: ReadonlyMap<Digest, Stored>,
  digests: readonly Digest[],
): Promise<void> {
  const used = [...new Set(digests)].flatMap((digest) => stored.get(digest) ?? [])
  const waiting = used.flatMap((one) => one.waiting ?? [])
  if (waiting.length > 0) await ctx.tx.deleteFrom('evidenceUpload').where('id', 'in', waiting).execute()
  const items = [...new Set(used.flatMap((one) => one.item ?? []))]
  if (items.length > 0)
    await sql`select 1 from evidence where id = any(${items}::uuid[]) for share`.execute(ctx.tx)
}
