import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { adoptControls, createControl, retireControl, reviewControl, updateControl } from './commands.ts'
import { createImplementation, endImplementation, updateImplementation } from './implementation-commands.ts'
import { getImplementation, listImplementations } from './implementation-queries.ts'
import { getControl, listControls } from './queries.ts'

export const controlRoutes: Route<Context>[] = [
  route('GET', '/api/controls', listControls, 'The register of controls'),
  route('POST', '/api/controls', createControl, 'Add a control'),
  route('POST', '/api/controls/adopt', adoptControls, 'Adopt controls of the common library'),
  route('GET', '/api/controls/:id', getControl, 'One control and where it is carried out'),
  route('PUT', '/api/controls/:id', updateControl, 'Change a control'),
  route('POST', '/api/controls/:id/review', reviewControl, 'Confirm the words of a control'),
  route('POST', '/api/controls/:id/retire', retireControl, 'Retire a control'),
  route('GET', '/api/implementations', listImplementations, 'How controls are carried out'),
  route('POST', '/api/implementations', createImplementation, 'Carry a control out somewhere'),
  route('GET', '/api/implementations/:id', getImplementation, 'One implementation'),
  route('PUT', '/api/implementations/:id', updateImplementation, 'Change an implementation'),
  route('POST', '/api/implementations/:id/end', endImplementation, 'End an implementation'),
]
