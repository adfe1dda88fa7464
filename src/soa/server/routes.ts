import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { approveStatement, draftStatement, renewStatement, withdrawStatement } from './commands.ts'
import { getDifference, getStatement, getVersion, listStatements } from './queries.ts'
import { carryDecisions, getTransition } from './transition-queries.ts'

export const soaRoutes: Route<Context>[] = [
  route('GET', '/api/statements', listStatements, 'Statements of applicability, by programme'),
  route(
    'GET',
    '/api/programmes/:id/statement',
    getStatement,
    'The statement of applicability of a programme',
  ),
  route('POST', '/api/programmes/:id/statement/versions', draftStatement, 'Draft the next version'),
  route('GET', '/api/statement-versions/:id', getVersion, 'One version of a statement'),
  route('GET', '/api/statement-versions/:id/difference', getDifference, 'What changed since a version'),
  route('POST', '/api/statement-versions/:id/renewals', renewStatement, 'State a draft again'),
  route('POST', '/api/statement-versions/:id/approval', approveStatement, 'Approve a version'),
  route('POST', '/api/statement-versions/:id/withdrawal', withdrawStatement, 'Withdraw a version'),
  route(
    'GET',
    '/api/programmes/:id/transition',
    getTransition,
    'Decisions of an earlier edition, carried over',
  ),
  route('POST', '/api/programmes/:id/transition', carryDecisions, 'Decide for many requirements'),
]
