import { z } from 'zod'
import { encodeBundle, TILE_WIDTH } from '#tlog'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { notFound } from '../../kernel/error.ts'
import { sealedSize } from './queries.ts'

/**
 * An entry bundle (C2SP tlog-tiles) for auditors: the leaves say that something of a kind happened and when it was
 * minted, so unlike the hash tiles they are not public.
 */
export const auditBundle: Query<Context, { index: number; width: number }, Uint8Array> = {
  kind: 'query',
  noun: 'log',
  action: 'audit',
  input: z.strictObject({ index: z.int().min(0), width: z.int().min(1).max(TILE_WIDTH) }),
  output: z.custom<Uint8Array>(),
  scope: () => 'organisation',
  async run(ctx, { index, width }) {
    const from = index * TILE_WIDTH
    if (from + width > (await sealedSize(ctx))) throw notFound('log')
    const rows = await ctx.tx
      .selectFrom('logEntry')
      .select('leaf')
      .where('organisationId', '=', ctx.organisationId)
      .where('idx', '>=', from)
      .where('idx', '<', from + width)
      .orderBy('idx')
      .execute()
    if (rows.length !== width) throw notFound('log')
    return encodeBundle(rows.map((row) => Buffer.from(row.leaf)))
  },
}
