import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { carryOut } from './commands.ts'
import { listHandovers } from './queries.ts'

export const handoverRoutes: Route<Context>[] = [
  route('GET', '/api/handovers', listHandovers, 'What belongs to somebody, or to everyone who has left'),
  route('POST', '/api/handovers', carryOut, 'Hand what belongs to one person to another'),
]
