import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Problem } from '../kernel/error.ts'
import { emailSchema } from '../people/person.ts'
import { changeOwnAddress } from '../people/server/address-commands.ts'
import type { Auth } from './auth.ts'
import { execute } from './execute.ts'
import type { Authenticate } from './http.ts'
import { parseInput } from './input.ts'
import { countAttempt, networkOf } from './limiter.ts'
import type { Runtime } from './runtime.ts'

const input = z.strictObject({ email: emailSchema, password: z.string().max(1024) })

/**
 * `POST /api/account/address`: changes the address with which somebody signs in, for whoever knows the password again.
 * Tries are counted per account, because a session alone must not be enough to guess the password behind it. Every
 * session ends, this one too: signing in with the new address shows that it was typed right.
 */
export function registerOwnAddress(
  app: FastifyInstance,
  runtime: Runtime,
  auth: Auth,
  authenticate: Authenticate,
): void {
  app.post('/api/account/address', async (request, reply) => {
    const caller = await authenticate(request)
    const session = await auth.sessionOf(new Headers({ cookie: request.headers.cookie ?? '' }))
    // A key is not a person, whatever cookie comes with it.
    if (!session || caller.actor.kind !== 'person') throw new Problem('unauthenticated', 'access.sign_in')
    const { email, password } = parseInput(input, request.body)
    const now = runtime.clock.now()
    await countAttempt(auth.pool, now, { key: `network:${networkOf(request.ip)}`, most: 60, seconds: 60 })
    await countAttempt(auth.pool, now, { key: `signed-in:${session.accountId}`, most: 10, seconds: 300 })
    if ((await auth.checkPassword(session.accountId, password)) !== true)
      throw new Problem('invalid', 'access.password_wrong')
    await execute(runtime, caller, changeOwnAddress, { email })
    return reply.code(204).send()
  })
}
