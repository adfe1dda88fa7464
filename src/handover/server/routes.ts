import type { DueSource } from '../../calendar/server/source.ts'
import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { carryOut } from './commands.ts'
import { leaveWithHandover } from './leave-command.ts'
import { listHandovers } from './queries.ts'
import { specsWith } from './specs.ts'

/** `sources`: due things of nouns that come after this one. */
export function handoverRoutes(sources: readonly DueSource[]): readonly Route<Context>[] {
  const specs = specsWith(sources)
  return [
    route(
      'GET',
      '/api/handovers',
      listHandovers(specs),
      'What belongs to somebody, or to everyone who has left',
    ),
    route('POST', '/api/handovers', carryOut(specs), 'Hand what belongs to one person to another'),
    route(
      'POST',
      '/api/people/:id/departure',
      leaveWithHandover(specs),
      'Hand over what belongs to somebody and end their part, in one step',
    ),
  ]
}
