import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { changeAddress } from './address-commands.ts'
import { inviteAgain, invitePerson, personLeaves, updatePerson } from './commands.ts'
import { erasePerson } from './erase-commands.ts'
import { endGrant, giveGrant } from './grant-commands.ts'
import { createApiKey, revokeApiKey } from './key-commands.ts'
import { getPerson, listApiKeys, listPeople, mySelf } from './queries.ts'
import { issueReset } from './reset-commands.ts'

export const peopleRoutes: Route<Context>[] = [
  route('GET', '/api/me', mySelf, 'Who is signed in and what they may do'),
  route('GET', '/api/people', listPeople, 'The people'),
  route('POST', '/api/people', invitePerson, 'Invite a person'),
  route('GET', '/api/people/:id', getPerson, 'One person with their grants'),
  route('PUT', '/api/people/:id', updatePerson, 'Change a person'),
  route('POST', '/api/people/:id/invitation', inviteAgain, 'A new invitation link'),
  route(
    'POST',
    '/api/people/:id/password-reset',
    issueReset,
    'A link with which a person sets a new password',
  ),
  route('POST', '/api/people/:id/address', changeAddress, 'Change the e-mail address of somebody else'),
  route('POST', '/api/people/:id/leaving', personLeaves, 'End a person’s part, with all their rights'),
  route('POST', '/api/people/:id/erasure', erasePerson, 'Remove the name and address of a person who left'),
  route('POST', '/api/grants', giveGrant, 'Give a role'),
  route('POST', '/api/grants/:id/end', endGrant, 'End a grant'),
  route('GET', '/api/keys', listApiKeys, 'The API keys'),
  route('POST', '/api/keys', createApiKey, 'Make an API key'),
  route('POST', '/api/keys/:id/revocation', revokeApiKey, 'Revoke an API key'),
]
