import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { changedFromInput, changedFromProblems } from '../../kernel/dated.ts'
import { refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { findEntity } from '../../organisation/server/queries.ts'
import { type Asset, asset, unsaid } from '../asset.ts'
import { refuseBroken } from './around.ts'
import { refuseNeeded } from './ending.ts'
import { findAsset } from './queries.ts'

const shape = asset.schema.shape

/** Whoever adds an asset may leave out what nobody has said of it yet. */
const createInput = z.strictObject({
  ...{ key: shape.key, name: shape.name, kind: shape.kind, entityId: shape.entityId },
  description: shape.description.default(unsaid.description),
  serviceIds: shape.serviceIds.default(unsaid.serviceIds),
  ownerId: shape.ownerId.default(unsaid.ownerId),
  classification: shape.classification.default(unsaid.classification),
  value: shape.value.default(unsaid.value),
  override: shape.override.default(unsaid.override),
  personalData: shape.personalData.default(unsaid.personalData),
  cardData: shape.cardData.default(unsaid.cardData),
  location: shape.location.default(unsaid.location),
  retention: shape.retention.default(unsaid.retention),
  dependsOn: shape.dependsOn.default(unsaid.dependsOn),
  identifiers: shape.identifiers.default(unsaid.identifiers),
  inUseFrom: shape.inUseFrom.default(unsaid.inUseFrom),
  inUseTo: shape.inUseTo.default(unsaid.inUseTo),
})

export const createAsset: Command<Context, z.output<typeof createInput>, Asset> = {
  kind: 'command',
  noun: 'asset',
  action: 'create',
  input: createInput,
  output: asset.schema,
  async scope(ctx, input) {
    await findEntity(ctx, input.entityId)
    return { entities: [input.entityId] }
  },
  async run(ctx, input) {
    const created: Asset = { ...input, id: newId(ctx.random), version: 0, former: null }
    await refuseBroken(ctx, created)
    return save(ctx, asset, 'asset.created', created)
  },
}

const updateInput = asset.schema
  .partial({ former: true })
  .extend({ changedFrom: changedFromInput, reason: plainText(2000).nullable().default(null) })

/** Handing an asset to another entity needs the right over both. */
export const updateAsset: Command<Context, z.output<typeof updateInput>, Asset> = {
  kind: 'command',
  noun: 'asset',
  action: 'update',
  input: updateInput,
  output: asset.schema,
  async scope(ctx, input) {
    const before = await findAsset(ctx, input.id)
    await findEntity(ctx, input.entityId)
    return { entities: [...new Set([before.entityId, input.entityId])] }
  },
  async run(ctx, { reason, changedFrom, ...input }) {
    refuseInvalid(changedFromProblems(changedFrom, ctx.today))
    const after: Asset = { ...input, former: null }
    await refuseBroken(ctx, after)
    if (reason === null) await refuseNeeded(ctx, [after])
    return save(ctx, asset, 'asset.updated', after, reason, changedFrom ?? ctx.today)
  },
}
