import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { applyProgramme, planProgramme } from './apply.ts'
import { getProgramme } from './queries.ts'
import { yamlLimit } from './yaml.ts'

// YAML inside JSON grows by its escapes.
const bodyLimit = 3 * yamlLimit

export const programmeRoutes: Route<Context>[] = [
  route('GET', '/api/programme', getProgramme, 'The organisation as a programme file'),
  {
    ...route('POST', '/api/programme/plan', planProgramme, 'What applying a programme file would change'),
    bodyLimit,
  },
  {
    ...route('POST', '/api/programme/apply', applyProgramme, 'Make the organisation as a file says'),
    bodyLimit,
  },
]
