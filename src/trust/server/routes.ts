import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import {
  diffPublications,
  getPublication,
  listPublications,
  pageStatus,
  previewPage,
} from './publication-queries.ts'
import { publish } from './publish.ts'
import { approveRequest, declineRequest } from './request-commands.ts'
import { listRequests } from './request-queries.ts'
import { createText, reviewText, updateText } from './text-commands.ts'
import { listPlaceholders, listTexts } from './text-queries.ts'

export const trustRoutes: Route<Context>[] = [
  route('GET', '/api/trust/texts', listTexts, 'The texts of the public page'),
  route('POST', '/api/trust/texts', createText, 'Add a text'),
  route('PUT', '/api/trust/texts/:id', updateText, 'Change a text; other words void its review'),
  route('POST', '/api/trust/texts/:id/review', reviewText, 'Approve exactly this wording'),
  route('GET', '/api/trust/placeholders', listPlaceholders, 'What texts can take from the register'),
  route('GET', '/api/trust/preview', previewPage, 'The page of a day, with reasons against publishing it'),
  route('GET', '/api/trust/status', pageStatus, 'Whether the live page still says what the register says'),
  route('GET', '/api/trust/publications', listPublications, 'Every edition of the page'),
  route('POST', '/api/trust/publications', publish, 'Publish the page'),
  route('GET', '/api/trust/publications/:number', getPublication, 'One edition'),
  route(
    'GET',
    '/api/trust/publications/:number/changes/:from',
    diffPublications,
    'What changed between two editions',
  ),
  route('GET', '/api/trust/requests', listRequests, 'Requests for restricted reports'),
  route(
    'POST',
    '/api/trust/requests/:id/approve',
    approveRequest,
    'Approve a request; answers the link once',
  ),
  route('POST', '/api/trust/requests/:id/decline', declineRequest, 'Decline a request with a reason'),
]
