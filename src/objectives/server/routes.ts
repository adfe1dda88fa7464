import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { assignObjectives, createObjective, endObjective, updateObjective } from './commands.ts'
import { addReading } from './reading-commands.ts'
import { getObjective, listObjectives } from './register-queries.ts'

export const objectiveRoutes: Route<Context>[] = [
  route('GET', '/api/objectives', listObjectives, 'Security objectives and how they stand'),
  route('POST', '/api/objectives', createObjective, 'Add an objective'),
  route('POST', '/api/objectives/owners', assignObjectives, 'Give many objectives to one owner'),
  route('GET', '/api/objectives/:id', getObjective, 'One objective with its readings'),
  route('PUT', '/api/objectives/:id', updateObjective, 'Change an objective'),
  route('POST', '/api/objectives/:id/end', endObjective, 'End an objective'),
  route('POST', '/api/objectives/:id/readings', addReading, 'Add a reading, or correct one'),
]
