import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { type Certificate, certificate } from '../certificate.ts'
import { cellsOf, exchangeColumns } from '../exchange.ts'
import { registerFilter, registerRows } from './queries.ts'

const portion = 1000

const exportInput = z.strictObject(registerFilter)

type ExportInput = z.output<typeof exportInput>

/** The certificates that the list shows, in portions, so that a large register is never in memory as records. */
async function* shownCertificates(ctx: Context, input: ExportInput): AsyncGenerator<Certificate[]> {
  for (let after = ''; ; ) {
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .selectAll()
      .where(registerRows(ctx, input))
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

const exportOutput = z.strictObject({ header: z.array(z.string()), rows: z.array(z.array(z.string())) })

/** What the list shows as rows of a spreadsheet, one per certificate, from one snapshot. Read back by `importCertificates`. */
export const exportCertificates: Query<Context, ExportInput, z.output<typeof exportOutput>> = {
  kind: 'query',
  noun: 'certificate',
  action: 'read',
  input: exportInput,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, input) {
    const entities = new Map((await allEntities(ctx)).map((one) => [one.id, one.key]))
    const services = new Map((await allServices(ctx)).map((one) => [one.id, one.key]))
    const rows: string[][] = []
    for await (const found of shownCertificates(ctx, input)) {
      for (const one of found) rows.push([...cellsOf(one, { entities, services }).values()])
    }
    return { header: [...exchangeColumns], rows }
  },
}
