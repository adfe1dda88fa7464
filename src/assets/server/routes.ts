import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { changeAssets } from './bulk-command.ts'
import { createAsset, updateAsset } from './commands.ts'
import { assetGraph } from './graph-query.ts'
import { listAssets } from './list-query.ts'
import { assetReach } from './reach-query.ts'
import { getAsset } from './record-query.ts'
import { setAssetScale } from './scale-commands.ts'
import { getAssetScale } from './scale-queries.ts'

export const assetRoutes: Route<Context>[] = [
  route('GET', '/api/assets', listAssets, 'The register of assets'),
  route('POST', '/api/assets', createAsset, 'Add an asset'),
  route('GET', '/api/assets/:id', getAsset, 'One asset'),
  route('GET', '/api/assets/graph', assetGraph, 'What depends on what, as boxes and lines'),
  route(
    'GET',
    '/api/assets/:id/reach',
    assetReach,
    'All that an asset depends on and all that depends on it',
  ),
  route('POST', '/api/assets/changes', changeAssets, 'Change the same of many assets'),
  route('GET', '/api/asset-scale', getAssetScale, 'The scale by which assets are valued'),
  route('PUT', '/api/asset-scale', setAssetScale, 'Lay down or change the scale by which assets are valued'),
  route('PUT', '/api/assets/:id', updateAsset, 'Change an asset'),
]
