import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import {
  changeIssues,
  changeObligations,
  changeParties,
  createIssue,
  createObligation,
  createParty,
  endIssue,
  endObligation,
  endParty,
  updateIssue,
  updateObligation,
  updateParty,
} from './commands.ts'
import {
  getContext,
  getIssue,
  getObligation,
  getParty,
  listIssues,
  listObligations,
  listParties,
} from './register-queries.ts'
import { createRole, handOverRole, updateRole } from './role-commands.ts'
import { listRoles } from './role-queries.ts'
import { approveScope, draftScope, editScope, withdrawScope } from './scope-commands.ts'
import { getScope, listScopes } from './scope-queries.ts'

export const contextRoutes: Route<Context>[] = [
  route('GET', '/api/context', getContext, 'What was determined about climate change, and what may be added'),
  route('GET', '/api/parties', listParties, 'Interested parties and what they need'),
  route('POST', '/api/parties', createParty, 'Add an interested party'),
  route('POST', '/api/parties/changes', changeParties, 'Review or change many parties'),
  route('GET', '/api/parties/:id', getParty, 'One interested party'),
  route('PUT', '/api/parties/:id', updateParty, 'Change an interested party'),
  route('POST', '/api/parties/:id/end', endParty, 'End an interested party'),
  route('GET', '/api/issues', listIssues, 'Internal and external issues'),
  route('POST', '/api/issues', createIssue, 'Add an issue'),
  route('POST', '/api/issues/changes', changeIssues, 'Review or change many issues'),
  route('GET', '/api/issues/:id', getIssue, 'One issue'),
  route('PUT', '/api/issues/:id', updateIssue, 'Change an issue'),
  route('POST', '/api/issues/:id/end', endIssue, 'End an issue'),
  route('GET', '/api/obligations', listObligations, 'Legal, regulatory and contractual obligations'),
  route('POST', '/api/obligations', createObligation, 'Add an obligation'),
  route('POST', '/api/obligations/changes', changeObligations, 'Review or change many obligations'),
  route('GET', '/api/obligations/:id', getObligation, 'One obligation'),
  route('PUT', '/api/obligations/:id', updateObligation, 'Change an obligation'),
  route('POST', '/api/obligations/:id/end', endObligation, 'End an obligation'),
  route('GET', '/api/scopes', listScopes, 'The scope statements of the programmes and how true they are'),
  route('GET', '/api/programmes/:id/scope', getScope, 'The versions of a programme’s scope statement'),
  route('POST', '/api/programmes/:id/scope', draftScope, 'Begin the next version of a scope statement'),
  route('PUT', '/api/scope-statements/:id', editScope, 'Change the draft of a scope statement'),
  route('POST', '/api/scope-statements/:id/approve', approveScope, 'Approve a scope statement'),
  route('POST', '/api/scope-statements/:id/withdraw', withdrawScope, 'Withdraw a scope statement'),
  route('GET', '/api/roles', listRoles, 'Roles of the management system and who holds them'),
  route('POST', '/api/roles', createRole, 'Add a role'),
  route('PUT', '/api/roles/:id', updateRole, 'Change a role'),
  route('POST', '/api/roles/:id/holder', handOverRole, 'Hand a role over'),
]
