import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { assignControls, protectControls, reviewControls } from './bulk-commands.ts'
import { adoptControls, createControl, retireControl, reviewControl, updateControl } from './commands.ts'
import { getControl } from './control-record.ts'
import { createImplementation, endImplementation, updateImplementation } from './implementation-commands.ts'
import { getImplementation, listImplementations } from './implementation-queries.ts'
import { takeLibrary } from './library-commands.ts'
import {
  cancelOccurrence,
  explainMissed,
  performOccurrence,
  planOccurrences,
  raiseOccurrence,
} from './occurrence-commands.ts'
import { getOccurrence, listOccurrences } from './occurrence-queries.ts'
import { listAdopted, listControls } from './queries.ts'
import { listTasks } from './task-queries.ts'

export const controlRoutes: Route<Context>[] = [
  route('GET', '/api/controls', listControls, 'The register of controls'),
  route('POST', '/api/controls', createControl, 'Add a control'),
  route('POST', '/api/controls/adopt', adoptControls, 'Adopt controls of the common library'),
  route('POST', '/api/controls/reviews', reviewControls, 'Confirm the words of many controls'),
  route('POST', '/api/controls/owners', assignControls, 'Give many controls to one owner'),
  route('POST', '/api/controls/protects', protectControls, 'Say what many controls protect'),
  route('POST', '/api/controls/library', takeLibrary, 'Take the links of the shipped library over'),
  route('GET', '/api/controls/adopted', listAdopted, 'Which controls of the common library are adopted'),
  route('GET', '/api/controls/:id', getControl, 'One control and where it is carried out'),
  route('PUT', '/api/controls/:id', updateControl, 'Change a control'),
  route('POST', '/api/controls/:id/review', reviewControl, 'Confirm the words of a control'),
  route('POST', '/api/controls/:id/retire', retireControl, 'Retire a control'),
  route('GET', '/api/implementations', listImplementations, 'How controls are carried out'),
  route('POST', '/api/implementations', createImplementation, 'Carry a control out somewhere'),
  route('GET', '/api/implementations/:id', getImplementation, 'One implementation'),
  route('PUT', '/api/implementations/:id', updateImplementation, 'Change an implementation'),
  route('POST', '/api/implementations/:id/end', endImplementation, 'End an implementation'),
  route('POST', '/api/implementations/:id/events', raiseOccurrence, 'Report an event that it must follow'),
  route('GET', '/api/occurrences', listOccurrences, 'What must be done, was done or was missed'),
  route('GET', '/api/tasks', listTasks, 'What one person has to do, with how it was done last'),
  route('POST', '/api/occurrences/plan', planOccurrences, 'Put on the plan what is promised next'),
  route('GET', '/api/occurrences/:id', getOccurrence, 'One occurrence'),
  route('POST', '/api/occurrences/:id/perform', performOccurrence, 'Record that it was carried out'),
  route('POST', '/api/occurrences/:id/explain', explainMissed, 'Say why it was missed'),
  route('POST', '/api/occurrences/:id/cancel', cancelOccurrence, 'Take it off the plan before it begins'),
]
