import { type Asset, asset } from '../../assets/asset.ts'
import { assetScale } from '../../assets/scale.ts'
import { aroundOf, circleProblems, problemsAround } from '../../assets/server/around.ts'
import { setAssetScale } from '../../assets/server/scale-commands.ts'
import { newId } from '../../kernel/id.ts'
import { formerOf } from './former.ts'
import {
  bring,
  bringAll,
  everyRecord,
  idOf,
  idOrNull,
  noteLeft,
  type Run,
  type Wanted,
  within,
} from './run.ts'
import type { AssetPart } from './schema-assets.ts'

async function bringScale(run: Run): Promise<void> {
  const { ctx, programme: file } = run
  const part = file.assetScale
  if (part === null) return
  const [before] = await everyRecord(ctx, assetScale)
  await bring(run, {
    ...{ noun: 'asset-scale', key: 'asset-scale', path: ['assetScale'], before, after: part },
    create: () => within(ctx, setAssetScale, { ...part, version: 0 }),
    update: ({ version }) => within(ctx, setAssetScale, { ...part, version }),
  })
}

async function wantedOf(run: Run, part: AssetPart, at: number, before?: Asset): Promise<Wanted<Asset>> {
  const path = ['assets', at]
  const serviceIds: string[] = []
  for (const [index, key] of part.services.entries())
    serviceIds.push(await idOf(run, 'service', key, [...path, 'services', index]))
  const dependsOn: string[] = []
  for (const [index, key] of part.dependsOn.entries())
    dependsOn.push(await idOf(run, 'asset', key, [...path, 'dependsOn', index]))
  const { key, name, description, kind, classification, value, override } = part
  const after: Asset = {
    id: await idOf(run, 'asset', key, path),
    version: before?.version ?? 0,
    former: before ? before.former : await formerOf(run, part.former, path),
    ...{ key, name, description, kind },
    entityId: await idOf(run, 'entity', part.entity, [...path, 'entity']),
    serviceIds,
    ownerId: await idOrNull(run, 'person', part.owner, [...path, 'owner']),
    ...{ classification, value, override, personalData: part.personalData, cardData: part.cardData },
    ...{ location: part.location, retention: part.retention, dependsOn, identifiers: part.identifiers },
    ...{ inUseFrom: part.inUse.from, inUseTo: part.inUse.to },
  }
  return { key, path, before, after }
}

/** Assets may name each other in any order: all of the file have their ids before the first is read. */
export async function bringAssets(run: Run): Promise<void> {
  const { ctx, programme: file } = run
  await bringScale(run)
  const present = new Map((await everyRecord(ctx, asset)).map((one) => [one.key, one]))
  for (const one of present.values()) run.ids.asset.set(one.key, one.id)
  for (const { key } of file.assets) if (!present.has(key)) run.ids.asset.set(key, newId(ctx.random))
  const wanted: Wanted<Asset>[] = []
  for (const [at, part] of file.assets.entries())
    wanted.push(await wantedOf(run, part, at, present.get(part.key)))
  if (wanted.length > 0) {
    const around = await aroundOf(
      ctx,
      wanted.map((one) => one.after),
    )
    const circle = await circleProblems(
      ctx,
      wanted.map((one) => one.after),
    )
    await bringAll(
      run,
      {
        type: asset,
        created: 'asset.created',
        updated: 'asset.updated',
        needs: ({ before, after }) => [
          {
            permission: before ? 'asset.update' : 'asset.create',
            scope: { entities: [...new Set([before?.entityId ?? after.entityId, after.entityId])] },
          },
        ],
        problems: ({ after }) => [
          ...problemsAround(after, around),
          ...(circle?.id === after.id ? [circle.problem] : []),
        ],
      },
      wanted,
    )
  }
  noteLeft(
    run,
    'asset',
    present.keys(),
    file.assets.map((part) => part.key),
  )
}
