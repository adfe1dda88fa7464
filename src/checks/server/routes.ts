import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { createCheck, endCheck, runCheck, updateCheck } from './commands.ts'
import { adoptChecks, listLibraryChecks } from './library-commands.ts'
import { getCheck, listChecks } from './queries.ts'
import { listAssetResults, listCheckResults, listHistory, listRuns, tryExpression } from './result-queries.ts'

export const checkRoutes: Route<Context>[] = [
  route('GET', '/api/checks', listChecks, 'Automated tests and where they stand'),
  route('POST', '/api/checks', createCheck, 'Add a check'),
  route('GET', '/api/checks/library', listLibraryChecks, 'Checks that come with Assay'),
  route('POST', '/api/checks/adopt', adoptChecks, 'Adopt checks that come with Assay'),
  route('POST', '/api/checks/try', tryExpression, 'Examine an expression, and try it on evidence'),
  route('GET', '/api/checks/:id', getCheck, 'One check'),
  route('PUT', '/api/checks/:id', updateCheck, 'Change a check'),
  route('POST', '/api/checks/:id/end', endCheck, 'End a check'),
  route('GET', '/api/checks/:id/results', listCheckResults, 'Where a check stands with each asset'),
  route('GET', '/api/checks/:id/history', listHistory, 'What a check found on an asset over time'),
  route('GET', '/api/checks/:id/runs', listRuns, 'The runs of a check'),
  route('POST', '/api/checks/:id/runs', runCheck, 'Ask a check of evidence'),
  route('GET', '/api/assets/:id/results', listAssetResults, 'What checks say of an asset'),
]
