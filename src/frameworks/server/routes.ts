import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { getMapping, listSchemes, searchEditions } from './catalogue-queries.ts'
import { attachOverlay, removeOverlay } from './commands.ts'
import { getEdition, listEditions } from './edition-queries.ts'

export const frameworkRoutes: Route<Context>[] = [
  route('GET', '/api/frameworks', listEditions, 'The shipped editions, their life cycle and counts'),
  route('GET', '/api/frameworks/search', searchEditions, 'Find requirements by id or title'),
  route('GET', '/api/frameworks/:key', getEdition, 'One edition with its tree of requirements'),
  route('GET', '/api/mappings/:from/:to', getMapping, 'How the requirements of two editions relate'),
  route('GET', '/api/schemes', listSchemes, 'The certificate schemes and their rules'),
  route('POST', '/api/overlays', attachOverlay, 'Attach licensed text that was uploaded before'),
  route('POST', '/api/overlays/:id/remove', removeOverlay, 'Take licensed text off'),
]
