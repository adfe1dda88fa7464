import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { idSchema } from '../../kernel/id.ts'
import { riskCells } from '../exchange.ts'
import { risk } from '../risk.ts'
import { namesOf } from './import-commands.ts'
import { riskFilter, riskRows } from './list-queries.ts'
import { standingsOf } from './queries.ts'

const exportInput = z.strictObject({
  ...riskFilter,
  /** Only these, whatever the filter leaves of them. */
  ids: z.array(idSchema).min(1).max(10_000).optional(),
})

const exportOutput = z.strictObject({ count: z.int() })

/** Gives what the register shows to `take`, as rows under `riskColumns`; `importRisks` reads them back. */
export const exportRisks = (
  take: (row: string[]) => Promise<void>,
): Query<Context, z.output<typeof exportInput>, z.output<typeof exportOutput>> => ({
  kind: 'query',
  noun: 'risk',
  action: 'read',
  input: exportInput,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, { ids, ...filter }) {
    const names = await namesOf(ctx)
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, risk, 'r'))
      .selectAll()
      .where(await riskRows(ctx, filter))
      .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = any(${ids}::uuid[])`))
      .orderBy('code')
      .execute()
    const found = await standingsOf(ctx, rows, ctx.asOf)
    for (const one of found) await take([...riskCells(one.risk, one.standing, names).values()])
    return { count: found.length }
  },
})
