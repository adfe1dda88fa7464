import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { getReport } from './queries.ts'

export const reportRoutes: Route<Context>[] = [
  route('GET', '/api/reports/:kind', getReport, 'A report as its readers see it'),
]
