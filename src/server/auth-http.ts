import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../kernel/error.ts'
import type { Auth } from './auth.ts'
import { countAttempt, forgetAttempts, networkOf } from './limiter.ts'
import type { Runtime } from './runtime.ts'
import { refuseCrossSite } from './session.ts'

/** The parts of the sign-in library that Assay uses. Everything else of it does not exist here. */
const used: readonly [method: 'GET' | 'POST', path: string][] = [
  ['POST', '/sign-in/email'],
  ['POST', '/sign-out'],
  ['GET', '/get-session'],
  ['GET', '/list-sessions'],
  ['POST', '/revoke-session'],
  ['POST', '/revoke-other-sessions'],
  ['POST', '/change-password'],
  ['POST', '/two-factor/enable'],
  ['POST', '/two-factor/disable'],
  ['POST', '/two-factor/verify-totp'],
  ['POST', '/two-factor/verify-backup-code'],
  ['POST', '/two-factor/generate-backup-codes'],
  ['GET', '/passkey/generate-register-options'],
  ['POST', '/passkey/verify-registration'],
  ['GET', '/passkey/generate-authenticate-options'],
  ['POST', '/passkey/verify-authentication'],
  ['GET', '/passkey/list-user-passkeys'],
  ['POST', '/passkey/delete-passkey'],
]

const signIns = new Set([
  '/sign-in/email',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/passkey/verify-authentication',
])

const accountKey = (body: unknown): string | null => {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : null
  return typeof email === 'string'
    ? `sign-in:${email.normalize('NFKC').trim().toLowerCase().slice(0, 254)}`
    : null
}

/** Counts a try before it is made: per network and, for passwords, per account, whether or not that account exists. */
async function countTry(runtime: Runtime, auth: Auth, path: string, request: FastifyRequest): Promise<void> {
  if (!signIns.has(path)) return
  const now = runtime.clock.now()
  await countAttempt(auth.pool, now, { key: `network:${networkOf(request.ip)}`, most: 60, seconds: 60 })
  const key = path === '/sign-in/email' ? accountKey(request.body) : null
  if (key) await countAttempt(auth.pool, now, { key, most: 10, seconds: 300 })
}

function bodyOf(path: string, body: unknown, checkPassword: (password: string) => void): unknown {
  if (typeof body !== 'object' || body === null) return {}
  if (path !== '/change-password') return body
  const { newPassword } = body as { newPassword?: unknown }
  if (typeof newPassword === 'string') checkPassword(newPassword)
  // Whoever changes a password wants everybody else out.
  return { ...body, revokeOtherSessions: true }
}

function libraryRequest(request: FastifyRequest, body: unknown): Request {
  const headers = new Headers()
  for (const name of ['cookie', 'origin', 'user-agent', 'accept-language']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  // Only our own word about the peer counts; what a client says in forwarding headers does not arrive here.
  headers.set('x-assay-peer', request.ip)
  if (request.method !== 'GET') headers.set('content-type', 'application/json')
  const url = new URL(request.url, `${request.protocol}://${request.headers.host ?? 'localhost'}`)
  return new Request(url, {
    method: request.method,
    headers,
    ...(request.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
}

/** The library's refusals, said like all others; its wording differs by case and would tell who has an account. */
function refusalOf(status: number, code: string | undefined): Problem {
  if (code === 'access.code_used') return new Problem('unauthenticated', 'access.code_used')
  if (status === 429) return new Problem('limited', 'request.too_many', { seconds: 60 })
  if (status >= 500) return new Problem('unavailable', 'server.unavailable')
  if (status === 403) return new Problem('forbidden', 'request.cross_site')
  return new Problem(status === 401 ? 'unauthenticated' : 'invalid', 'access.sign_in_failed')
}

async function relay(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  const text = await response.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  if (!response.ok) {
    const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : undefined
    throw refusalOf(response.status, code)
  }
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return reply.header('cache-control', 'no-store').type('application/json').send(JSON.stringify(body))
}

export function registerAuthRoutes(
  app: FastifyInstance,
  runtime: Runtime,
  auth: Auth,
  checkPassword: (password: string) => void,
): void {
  for (const [method, path] of used) {
    app.route({
      method,
      url: `/api/auth${path}`,
      async handler(request, reply) {
        refuseCrossSite(request)
        await countTry(runtime, auth, path, request)
        const response = await auth.handler(
          libraryRequest(request, bodyOf(path, request.body, checkPassword)),
        )
        const key = path === '/sign-in/email' && response.ok ? accountKey(request.body) : null
        if (key) await forgetAttempts(auth.pool, key)
        return relay(response, reply)
      },
    })
  }
}
