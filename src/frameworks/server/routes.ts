import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { getMapping, listSchemes, searchEditions } from './catalogue-queries.ts'
import { attachOverlay, removeOverlay } from './commands.ts'
import { getEdition, listEditions } from './edition-queries.ts'
import { getControl, getLibrary, getReach } from './library-queries.ts'

export const frameworkRoutes: Route<Context>[] = [
  route('GET', '/api/frameworks', listEditions, 'The shipped editions, their life cycle and counts'),
  route('GET', '/api/frameworks/search', searchEditions, 'Find requirements by id or title'),
  route('GET', '/api/frameworks/:key', getEdition, 'One edition with its tree of requirements'),
  route(
    'GET',
    '/api/frameworks/:key/requirements/:requirement/controls',
    getReach,
    'The common controls that reach a requirement',
  ),
  route('GET', '/api/library', getLibrary, 'The common controls and how much of each edition they reach'),
  route('GET', '/api/library/:control', getControl, 'One common control with its links to each edition'),
  route('GET', '/api/mappings/:from/:to', getMapping, 'How the requirements of two editions relate'),
  route('GET', '/api/schemes', listSchemes, 'The certificate schemes and their rules'),
  route('POST', '/api/overlays', attachOverlay, 'Attach licensed text that was uploaded before'),
  route('POST', '/api/overlays/:id/remove', removeOverlay, 'Take licensed text off'),
]
