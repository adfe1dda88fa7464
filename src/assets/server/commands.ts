import { sql } from 'kysely'
import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { allServices, findEntity } from '../../organisation/server/queries.ts'
import { findPerson } from '../../people/server/queries.ts'
import { type Asset, asset, assetProblems, identifierForm } from '../asset.ts'
import { assetsByIdentifier, findAsset } from './queries.ts'

/** What clashes with other assets, or names something that is not there. */
async function surroundingProblems(ctx: Context, one: Asset): Promise<FieldProblem[]> {
  const services = new Set((await allServices(ctx)).map((service) => service.id))
  const twins = await ctx.tx
    .selectFrom(rowsOf(ctx, asset, 'a'))
    .select('id')
    .where('key', '=', one.key)
    .where(sql<boolean>`id <> ${one.id}::uuid`)
    .execute()
  const named = await assetsByIdentifier(ctx, one.identifiers)
  if (one.ownerId !== null) await findPerson(ctx, one.ownerId)
  return [
    ...(twins.length > 0 ? [fieldProblem('/key', 'record.key_taken', { key: one.key })] : []),
    ...one.serviceIds.flatMap((id, index) =>
      services.has(id) ? [] : [fieldProblem(`/serviceIds/${index}`, 'asset.service_elsewhere')],
    ),
    ...one.identifiers.flatMap((identifier, index) => {
      const other = named.get(identifierForm(identifier))
      return other && other.id !== one.id
        ? [fieldProblem(`/identifiers/${index}`, 'asset.identifier_taken', { identifier, key: other.key })]
        : []
    }),
  ]
}

const refuseBroken = async (ctx: Context, one: Asset): Promise<void> =>
  refuseInvalid([...assetProblems(one), ...(await surroundingProblems(ctx, one))])

const createInput = asset.schema.omit({ id: true, version: true })

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
    const created = { ...input, id: newId(ctx.random), version: 0 }
    await refuseBroken(ctx, created)
    return save(ctx, asset, 'asset.created', created)
  },
}

/** Handing an asset to another entity needs the right over both. */
export const updateAsset: Command<Context, Asset, Asset> = {
  kind: 'command',
  noun: 'asset',
  action: 'update',
  input: asset.schema,
  output: asset.schema,
  async scope(ctx, input) {
    const before = await findAsset(ctx, input.id)
    await findEntity(ctx, input.entityId)
    return { entities: [...new Set([before.entityId, input.entityId])] }
  },
  async run(ctx, input) {
    await refuseBroken(ctx, input)
    return save(ctx, asset, 'asset.updated', input)
  },
}
