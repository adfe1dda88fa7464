import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { createAsset, updateAsset } from './commands.ts'
import { getAsset, listAssets } from './queries.ts'

export const assetRoutes: Route<Context>[] = [
  route('GET', '/api/assets', listAssets, 'The register of assets'),
  route('POST', '/api/assets', createAsset, 'Add an asset'),
  route('GET', '/api/assets/:id', getAsset, 'One asset'),
  route('PUT', '/api/assets/:id', updateAsset, 'Change an asset'),
]
