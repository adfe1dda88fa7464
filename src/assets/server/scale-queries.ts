import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Query } from '../../kernel/command.ts'
import { type AssetScale, assetScale, type ScaleFacts } from '../scale.ts'
import { startingScale } from '../starting-scale.ts'

/** The scale that the organisation laid down; null where it has none yet. */
export const storedScale = async (ctx: Context): Promise<AssetScale | null> =>
  (await ctx.tx
    .selectFrom(rowsOf(ctx, assetScale, 's'))
    .selectAll()
    .executeTakeFirst()) ?? null

/** The scale by which assets are valued: the organisation's, or the one that it starts with. */
export const scaleInForce = async (ctx: Context): Promise<ScaleFacts> =>
  (await storedScale(ctx)) ?? startingScale

const answerSchema = assetScale.schema.omit({ id: true, version: true }).extend({
  /** 0: nothing was laid down yet, and this is what the organisation would start with. */
  version: z.int().min(0),
  abilities: z.array(z.string()),
})

export const getAssetScale: Query<Context, Record<string, never>, z.output<typeof answerSchema>> = {
  kind: 'query',
  noun: 'asset-scale',
  action: 'read',
  input: z.strictObject({}),
  output: answerSchema,
  scope: () => 'filtered',
  async run(ctx) {
    const { levels, classifications, version } = (await storedScale(ctx)) ?? { ...startingScale, version: 0 }
    const abilities = ctx.can('asset-scale.update', 'organisation') ? ['update'] : []
    return { levels, classifications, version, abilities }
  },
}
