import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { createProgramme, decideApplicability, endProgramme, updateProgramme } from './commands.ts'
import { getProgramme, listApplicability, listProgrammes } from './queries.ts'

export const programmeNounRoutes: Route<Context>[] = [
  route('GET', '/api/programmes', listProgrammes, 'The programmes: editions applied to a scope'),
  route('POST', '/api/programmes', createProgramme, 'Begin a programme'),
  route('GET', '/api/programmes/:id', getProgramme, 'One programme'),
  route('PUT', '/api/programmes/:id', updateProgramme, 'Change a programme'),
  route('POST', '/api/programmes/:id/end', endProgramme, 'End a programme'),
  route(
    'GET',
    '/api/programmes/:id/requirements',
    listApplicability,
    'What it asks for, and whether that applies',
  ),
  route(
    'POST',
    '/api/programmes/:id/applicability',
    decideApplicability,
    'Decide whether requirements apply',
  ),
]
