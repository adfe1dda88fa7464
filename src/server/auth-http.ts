import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound, Problem } from '../kernel/error.ts'
import type { Auth } from './auth.ts'
import { type AuthPath, authPaths } from './auth-paths.ts'
import { parseInput } from './input.ts'
import { countAttempt, forgetAttempts, networkOf } from './limiter.ts'
import type { Runtime } from './runtime.ts'
import { refuseCrossSite } from './session.ts'

const accountKey = (email: string) => `sign-in:${email.normalize('NFKC').trim().toLowerCase()}`

type Body = Readonly<Record<string, unknown>> | undefined

const emailIn = (body: Body): string | null => (typeof body?.email === 'string' ? body.email : null)

/**
 * Counts a try before it is made: per network; per account for passwords, whether or not that account exists; and
 * per signed-in account where a session alone must not be enough to guess the password behind it.
 */
async function countTry(
  runtime: Runtime,
  auth: Auth,
  guess: AuthPath['guess'],
  request: FastifyRequest,
  body: Body,
): Promise<void> {
  if (!guess) return
  const now = runtime.clock.now()
  await countAttempt(auth.pool, now, { key: `network:${networkOf(request.ip)}`, most: 60, seconds: 60 })
  const email = emailIn(body)
  if (email !== null) await countAttempt(auth.pool, now, { key: accountKey(email), most: 10, seconds: 300 })
  if (guess !== 'signed-in') return
  const session = await auth.sessionOf(cookiesOf(request))
  if (!session) throw new Problem('unauthenticated', 'access.sign_in')
  await countAttempt(auth.pool, now, { key: `signed-in:${session.accountId}`, most: 10, seconds: 300 })
}

const cookiesOf = (request: FastifyRequest) => new Headers({ cookie: request.headers.cookie ?? '' })

const freshFor = 3600_000

/** A session left open somewhere must not become a credential that stays. */
async function refuseStale(runtime: Runtime, auth: Auth, request: FastifyRequest): Promise<void> {
  const session = await auth.sessionOf(cookiesOf(request))
  if (!session) throw new Problem('unauthenticated', 'access.sign_in')
  if (runtime.clock.now().getTime() - session.startedAt.getTime() > freshFor)
    throw new Problem('forbidden', 'access.sign_in_again')
}

function libraryRequest(request: FastifyRequest, auth: Auth, body: Body): Request {
  const headers = new Headers()
  for (const name of ['cookie', 'origin', 'user-agent', 'accept-language']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  // Only our own word about the peer counts; what a client says in forwarding headers does not arrive here.
  headers.set('x-assay-peer', request.ip)
  if (request.method !== 'GET') headers.set('content-type', 'application/json')
  return new Request(new URL(request.url, auth.publicUrl), {
    method: request.method,
    headers,
    ...(request.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
}

const refusals: Readonly<Record<string, () => Problem>> = {
  'access.code_used': () => new Problem('unauthenticated', 'access.code_used'),
  'access.person_left': () => new Problem('forbidden', 'access.person_left'),
  INVALID_CODE: () => new Problem('unauthenticated', 'access.code_wrong'),
  INVALID_BACKUP_CODE: () => new Problem('unauthenticated', 'access.code_wrong'),
  INVALID_TWO_FACTOR_COOKIE: () => new Problem('unauthenticated', 'access.sign_in_again'),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: () => new Problem('unauthenticated', 'access.sign_in_again'),
  ACCOUNT_TEMPORARILY_LOCKED: () => new Problem('limited', 'request.too_many', { seconds: 900 }),
  INVALID_PASSWORD: () => new Problem('invalid', 'access.password_wrong'),
  UNAUTHORIZED: () => new Problem('unauthenticated', 'access.sign_in'),
}

/** The library's refusals, said like all others; its wording differs by case and would tell who has an account. */
function refusalOf(path: string, status: number, code: string): Problem {
  const known = refusals[code]
  if (known) return known()
  if (path.startsWith('/passkey/verify-')) return new Problem('unauthenticated', 'access.passkey_failed')
  if (status >= 500) return new Problem('unavailable', 'server.unavailable')
  if (status === 403) return new Problem('forbidden', 'request.cross_site')
  return new Problem(status === 401 ? 'unauthenticated' : 'invalid', 'access.sign_in_failed')
}

/**
 * The library repeats the session's token in its answers. The cookie that carries it is closed to scripts, and so is
 * everything else: a page that was made to leak its data must not leak a session.
 */
function withoutTokens(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTokens)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'token')
      .map(([name, inner]) => [name, withoutTokens(inner)]),
  )
}

/** The library ends a session by its token; clients know only ids, and only of their own account. */
async function tokenOfSession(auth: Auth, request: FastifyRequest, id: string): Promise<string> {
  const own = await auth.sessionOf(cookiesOf(request))
  if (!own) throw new Problem('unauthenticated', 'access.sign_in')
  const { rows } = await auth.pool.query<{ token: string }>(
    'select "token" from auth."session" where "id" = $1 and "userId" = $2',
    [id, own.accountId],
  )
  if (!rows[0]) throw notFound('session')
  return rows[0].token
}

async function relay(path: string, response: Response, reply: FastifyReply): Promise<FastifyReply> {
  const text = await response.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  if (!response.ok) {
    const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
    throw refusalOf(path, response.status, code)
  }
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return reply
    .header('cache-control', 'no-store')
    .type('application/json')
    .send(JSON.stringify(withoutTokens(body)))
}

export function registerAuthRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  auth: Auth,
  checkPassword: (password: string) => void,
): void {
  for (const { method, path, body: schema, guess, fresh } of authPaths) {
    app.route({
      method,
      url: `/api/auth${path}`,
      async handler(request, reply) {
        refuseCrossSite(request)
        const given = method === 'GET' ? undefined : (parseInput(schema, request.body ?? {}) as Body)
        await countTry(runtime, auth, guess, request, given)
        if (fresh) await refuseStale(runtime, auth, request)
        const changing = path === '/change-password'
        if (changing) checkPassword(String(given?.newPassword))
        // Whoever changes a password wants everybody else out.
        const body = changing
          ? { ...given, revokeOtherSessions: true }
          : path === '/revoke-session'
            ? { token: await tokenOfSession(auth, request, String(given?.id)) }
            : given
        const response = await auth.handler(libraryRequest(request, auth, body))
        const email = emailIn(given)
        if (email !== null && response.ok) await forgetAttempts(auth.pool, accountKey(email))
        return relay(path, response, reply)
      },
    })
  }
}
