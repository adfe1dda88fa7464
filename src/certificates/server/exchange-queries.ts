import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { type Certificate, certificate } from '../certificate.ts'
import { cellsOf, exchangeColumns } from '../exchange.ts'

const portion = 1000

/** All certificates that the reader may see, in portions, so that a large register is never in memory as records. */
async function* visibleCertificates(ctx: Context): AsyncGenerator<Certificate[]> {
  const { visible } = ctx
  for (let after = ''; ; ) {
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, certificate, 'c'))
      .selectAll()
      .where(sql<boolean>`key collate "C" > ${after}`)
      .orderBy(sql`key collate "C"`)
      .limit(portion)
      .execute()
    yield rows.filter(
      (one) =>
        visible === null ||
        visible.certificates.includes(one.id) ||
        one.holders.some((holder) => visible.entities.includes(holder.entityId)),
    )
    const last = rows.at(-1)
    if (!last || rows.length < portion) return
    after = last.key
  }
}

const exportOutput = z.strictObject({ header: z.array(z.string()), rows: z.array(z.array(z.string())) })

/** The register as rows of a spreadsheet, one per certificate, from one snapshot. Read back by `importCertificates`. */
export const exportCertificates: Query<Context, Record<string, never>, z.output<typeof exportOutput>> = {
  kind: 'query',
  noun: 'certificate',
  action: 'read',
  input: z.strictObject({}),
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx) {
    const entities = new Map((await allEntities(ctx)).map((one) => [one.id, one.key]))
    const services = new Map((await allServices(ctx)).map((one) => [one.id, one.key]))
    const rows: string[][] = []
    for await (const found of visibleCertificates(ctx)) {
      for (const one of found) rows.push([...cellsOf(one, { entities, services }).values()])
    }
    return { header: [...exchangeColumns], rows }
  },
}
