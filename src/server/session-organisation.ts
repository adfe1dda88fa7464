import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { reading } from '../db/transaction.ts'
import { Problem } from '../kernel/error.ts'
import { type Id, idSchema } from '../kernel/id.ts'
import type { LocalText } from '../kernel/language.ts'
import type { Auth } from './auth.ts'
import { parseInput } from './input.ts'
import type { Runtime } from './runtime.ts'
import { refuseCrossSite } from './session.ts'
import { type Place, placesOf } from './session-place.ts'

type Session = { accountId: string; sessionId: string }

/**
 * Makes a session work in one of its account's organisations. An organisation in which the account stands for nobody
 * is as unknown as one that does not exist.
 */
export async function chooseOrganisation(
  runtime: Runtime,
  auth: Auth,
  { accountId, sessionId }: Session,
  organisationId: Id,
): Promise<void> {
  const places = await placesOf(runtime, accountId, sessionId)
  if (!places.some((place) => place.organisationId === organisationId))
    throw new Problem('not_found', 'record.not_found', { noun: 'organisation' })
  await auth.pool.query(
    `insert into auth.session_organisation (session_id, organisation_id) values ($1, $2)
     on conflict (session_id) do update set organisation_id = excluded.organisation_id`,
    [sessionId, organisationId],
  )
}

async function signedIn(auth: Auth, request: FastifyRequest): Promise<Session> {
  const session = await auth.sessionOf(new Headers({ cookie: request.headers.cookie ?? '' }))
  if (!session) throw new Problem('unauthenticated', 'access.sign_in')
  return session
}

const named = async (runtime: Runtime, { organisationId, chosen }: Place, alone: boolean) => {
  const { name } = await reading(runtime.database, organisationId, (tx) =>
    tx.selectFrom('organisation').select('name').executeTakeFirstOrThrow(),
  )
  return { id: organisationId, name: name as LocalText, current: chosen || alone }
}

/**
 * The organisations of an account, and which of them the session works in. The choice is kept with the session and
 * nowhere else: no other request names an organisation.
 */
export function registerOrganisationChoice(app: FastifyInstance, runtime: Runtime, auth: Auth): void {
  app.get('/api/account/organisations', async (request, reply) => {
    const { accountId, sessionId } = await signedIn(auth, request)
    const places = await placesOf(runtime, accountId, sessionId)
    const items = await Promise.all(places.map((place) => named(runtime, place, places.length === 1)))
    return reply.header('cache-control', 'no-store').send({ items })
  })
  app.post('/api/account/organisation', async (request, reply) => {
    refuseCrossSite(request)
    const session = await signedIn(auth, request)
    const { organisationId } = parseInput(z.strictObject({ organisationId: idSchema }), request.body)
    await chooseOrganisation(runtime, auth, session, organisationId)
    return reply.code(204).send()
  })
}
