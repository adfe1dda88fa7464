import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { asset } from '../asset.ts'
import { properties } from '../property.ts'
import { type AssetScale, assetScale, type ScaleFacts, scaleProblems } from '../scale.ts'
import { startingScale } from '../starting-scale.ts'
import { storedScale } from './scale-queries.ts'

type Use = { what: string; assets: number }

/** Levels and classifications that assets have, each with the number of assets. */
async function inUse(ctx: Context): Promise<{ levels: Map<number, number>; keys: Map<string, number> }> {
  const rows = rowsOf(ctx, asset, 'a')
  const each = properties.flatMap((property) => [
    sql`select (value ->> ${property}) as what, id from ${rows}`,
    sql`select (override -> ${property} ->> 'level') as what, id from ${rows}`,
  ])
  const levels = await sql<Use>`
    select what, count(distinct id)::int as assets from (${sql.join(each, sql` union all `)}) as used
    where what is not null group by what`.execute(ctx.tx)
  const keys = await sql<Use>`
    select classification as what, count(*)::int as assets from ${rows}
    where classification is not null group by classification`.execute(ctx.tx)
  return {
    levels: new Map(levels.rows.map(({ what, assets }) => [Number(what), assets])),
    keys: new Map(keys.rows.map(({ what, assets }) => [what, assets])),
  }
}

/** What assets say must stay sayable. */
async function removedProblems(ctx: Context, after: ScaleFacts): Promise<FieldProblem[]> {
  const used = await inUse(ctx)
  const levels = new Set(after.levels.map((one) => one.number))
  const keys = new Set(after.classifications.map((one) => one.key))
  return [
    ...[...used.levels].flatMap(([level, assets]) =>
      levels.has(level) ? [] : [fieldProblem('/levels', 'asset-scale.level_in_use', { level, assets })],
    ),
    ...[...used.keys].flatMap(([key, assets]) =>
      keys.has(key)
        ? []
        : [fieldProblem('/classifications', 'asset-scale.classification_in_use', { key, assets })],
    ),
  ]
}

const setInput = assetScale.schema.omit({ id: true }).extend({
  /** 0 lays down the first one. */
  version: z.int().min(0),
  reason: plainText(2000).nullable().default(null),
})

/** Lays down the scale, or changes it. A level or a classification that some asset has cannot go. */
export const setAssetScale: Command<Context, z.output<typeof setInput>, AssetScale> = {
  kind: 'command',
  noun: 'asset-scale',
  action: 'update',
  input: setInput,
  output: assetScale.schema,
  scope: () => 'organisation',
  async run(ctx, { reason, version, ...facts }) {
    const before = await storedScale(ctx)
    refuseInvalid([...scaleProblems(facts), ...(await removedProblems(ctx, facts))])
    const id = before?.id ?? newId(ctx.random)
    return save(
      ctx,
      assetScale,
      before ? 'asset-scale.updated' : 'asset-scale.created',
      { id, version, ...facts },
      reason,
    )
  },
}

/** The first asset that is valued brings the scale that the organisation starts with into being. */
export async function laidDownScale(ctx: Context): Promise<ScaleFacts> {
  const before = await storedScale(ctx)
  if (before) return before
  return save(ctx, assetScale, 'asset-scale.created', { id: newId(ctx.random), version: 0, ...startingScale })
}
