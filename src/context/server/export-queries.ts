import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { issueCells, obligationCells, partyCells } from '../exchange.ts'
import { issue } from '../issue.ts'
import { obligation } from '../obligation.ts'
import { party } from '../party.ts'
import { namesOf } from './import-commands.ts'
import {
  issueFilter,
  issueRows,
  obligationFilter,
  obligationRows,
  partyFilter,
  partyRows,
} from './register-rows.ts'

/** Only these, whatever the filter leaves of them. */
const chosen = { ids: z.array(idSchema).min(1).max(10_000).optional() }

const among = (ids: readonly Id[] | undefined): RawBuilder<boolean> =>
  ids === undefined ? sql<boolean>`true` : sql<boolean>`id = any(${[...ids]}::uuid[])`

const exportOutput = z.strictObject({ count: z.int() })

type Take = (row: string[]) => Promise<void>
type Export<Input> = Query<Context, Input, { count: number }>

const partyExport = z.strictObject({ ...partyFilter, ...chosen })

/** Gives what the register shows to `take`, as rows under {@link partyColumns}; `importParties` reads them back. */
export const exportParties = (take: Take): Export<z.output<typeof partyExport>> => ({
  kind: 'query',
  noun: 'interested-party',
  action: 'read',
  input: partyExport,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, { ids, ...filter }) {
    const names = await namesOf(ctx)
    const where = await partyRows(ctx, filter)
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, party, 'p'))
      .selectAll()
      .where(where)
      .where(among(ids))
      .orderBy('key')
      .execute()
    for (const one of rows) await take([...partyCells(one, names).values()])
    return { count: rows.length }
  },
})

const issueExport = z.strictObject({ ...issueFilter, ...chosen })

export const exportIssues = (take: Take): Export<z.output<typeof issueExport>> => ({
  kind: 'query',
  noun: 'context-issue',
  action: 'read',
  input: issueExport,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, { ids, ...filter }) {
    const names = await namesOf(ctx)
    const where = await issueRows(ctx, filter)
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, issue, 'i'))
      .selectAll()
      .where(where)
      .where(among(ids))
      .orderBy('key')
      .execute()
    for (const one of rows) await take([...issueCells(one, names).values()])
    return { count: rows.length }
  },
})

const obligationExport = z.strictObject({ ...obligationFilter, ...chosen })

export const exportObligations = (take: Take): Export<z.output<typeof obligationExport>> => ({
  kind: 'query',
  noun: 'obligation',
  action: 'read',
  input: obligationExport,
  output: exportOutput,
  scope: () => 'filtered',
  async run(ctx, { ids, ...filter }) {
    const names = await namesOf(ctx)
    const where = await obligationRows(ctx, filter)
    const rows = await ctx.tx
      .selectFrom(rowsOf(ctx, obligation, 'o'))
      .selectAll()
      .where(where)
      .where(among(ids))
      .orderBy('key')
      .execute()
    for (const one of rows) await take([...obligationCells(one, names).values()])
    return { count: rows.length }
  },
})
