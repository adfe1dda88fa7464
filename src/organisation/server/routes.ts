import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { createEntity, createService, updateEntity, updateOrganisation, updateService } from './commands.ts'
import { getEntity, getOrganisation, getService, listEntities, listServices } from './queries.ts'

export const organisationRoutes: Route<Context>[] = [
  route('GET', '/api/organisation', getOrganisation, 'The organisation and its calendar'),
  route('PUT', '/api/organisation', updateOrganisation, 'Change the organisation'),
  route('GET', '/api/entities', listEntities, 'The tree of legal entities and sites'),
  route('POST', '/api/entities', createEntity, 'Add an entity'),
  route('GET', '/api/entities/:id', getEntity, 'One entity'),
  route('PUT', '/api/entities/:id', updateEntity, 'Change an entity'),
  route('GET', '/api/services', listServices, 'The products and systems'),
  route('POST', '/api/services', createService, 'Add a service'),
  route('GET', '/api/services/:id', getService, 'One service'),
  route('PUT', '/api/services/:id', updateService, 'Change a service'),
]
