import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { idSchema } from '../../kernel/id.ts'
import { riskCells } from '../exchange.ts'
import { namesOf } from './import-commands.ts'
import { riskFilter, risksShown } from './list-queries.ts'

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
    const chosen = ids && new Set(ids)
    const found = (await risksShown(ctx, filter)).filter((one) => chosen?.has(one.risk.id) ?? true)
    for (const one of found) await take([...riskCells(one.risk, one.standing, names).values()])
    return { count: found.length }
  },
})
