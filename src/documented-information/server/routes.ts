import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { approveDocument, nameDocument, withdrawDocument } from './commands.ts'
import { getTracker, listTrackers } from './queries.ts'

export const documentedInformationRoutes: Route<Context>[] = [
  route('GET', '/api/documented-information', listTrackers, 'How complete the documented information is'),
  route('GET', '/api/programmes/:id/documented-information', getTracker, 'What satisfies each clause'),
  route('POST', '/api/programmes/:id/documented-information', nameDocument, 'Name a document for a clause'),
  route('POST', '/api/named-documents/:id/approval', approveDocument, 'Approve a named document'),
  route('POST', '/api/named-documents/:id/withdrawal', withdrawDocument, 'Withdraw a named document'),
]
