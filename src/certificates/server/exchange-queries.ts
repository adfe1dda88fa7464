import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { type Certificate, certificate } from '../certificate.ts'
import { cellsOf } from '../exchange.ts'
import { registerFilter, registerRows } from './register-rows.ts'

const portion = 250

const exportInput = z.strictObject({
  ...registerFilter,
  /** Only these, whatever the filter leaves of them. */
  ids: z.array(idSchema).min(1).max(10_000).optional(),
})

type ExportInput = z.output<typeof exportInput>

/** The certificates that the list shows, in portions, so that a large register is never in memory as records. */
async function* shownCertificates(
  ctx: Context,
  { ids, ...filter }: ExportInput,
): AsyncGenerator<Certificate[]> {
  const shown = await registerRows(ctx, filter)
  for (let after = ''; ; ) {
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .selectAll()
      .where(shown)
      .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = any(${ids}::uuid[])`))
      .where(sql<boolean>`key collate "C" > ${after}`)
      .orderBy(sql`key collate "C"`)
      .limit(portion)
      .execute()
    yield rows
    const last = rows.at(-1)
    if (!last || rows.length < portion) return
    after = last.key
  }
}

/** Keys of the certificates that some name as their predecessors: where they are not among the rows themselves. */
async function predecessorKeys(ctx: Context, found: readonly Certificate[]): Promise<Map<Id, string>> {
  const ids = [...new Set(found.flatMap((one) => one.predecessors))]
  if (ids.length === 0) return new Map()
  const rows = await ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .select(['id', 'key'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map((one) => [one.id, one.key]))
}

const exportOutput = z.strictObject({ count: z.int() })

/**
 * Gives what the list shows to `take`, as rows of a spreadsheet under {@link exchangeColumns}, one per certificate, from
 * one snapshot. Read back by `importCertificates`.
 */
export const exportCertificates = (
  take: (row: string[]) => Promise<void>,
): Query<Context, ExportInput, z.output<typeof exportOutput>> => ({
  kind: 'query',
  noun: 'certificate',
  action: 'read',
  input: exportInput,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, input) {
    const entities = new Map((await allEntities(ctx)).map((one) => [one.id, one.key]))
    const services = new Map((await allServices(ctx)).map((one) => [one.id, one.key]))
    let count = 0
    for await (const found of shownCertificates(ctx, input)) {
      const names = { entities, services, certificates: await predecessorKeys(ctx, found) }
      for (const one of found) await take([...cellsOf(one, names).values()])
      count += found.length
    }
    return { count }
  },
})
