import { createHash, createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import pg from 'pg'
import { applicationRole } from '../db/connect.ts'
import { type PasswordHasher, passwordHasher } from './passwords.ts'

export type AuthOptions = {
  connection: pg.PoolConfig
  dataDir: string
  /** The origin at which browsers reach Assay; passkeys are bound to its host. */
  publicUrl: string
  /** Further origins of the same installation, such as the loopback address. */
  otherOrigins: readonly string[]
}

/** The secret that signs cookies and encrypts second factors: made once, readable by Assay alone. */
function secretOf(dataDir: string): string {
  const path = join(dataDir, 'keys', 'auth-secret')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 })
  const secret = randomBytes(48).toString('base64url')
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

const week = 7 * 86_400

function library(options: AuthOptions, pool: pg.Pool, secret: string, hasher: PasswordHasher) {
  const { publicUrl, otherOrigins } = options
  return betterAuth({
    appName: 'Assay',
    baseURL: publicUrl,
    basePath: '/api/auth',
    trustedOrigins: [publicUrl, ...otherOrigins],
    secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { level: 'error' },
    emailAndPassword: {
      enabled: true,
      // Accounts come from set-up, invitations and the demo only.
      disableSignUp: true,
      password: { hash: hasher.hash, verify: ({ hash, password }) => hasher.verify(hash, password) },
    },
    session: { expiresIn: week, updateAge: 86_400, cookieCache: { enabled: false } },
    // The limiter in front of these routes counts per account and per network in the database.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'assay',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: ['x-assay-peer'] },
    },
    plugins: [
      twoFactor({ issuer: 'Assay' }),
      passkey({ rpName: 'Assay', rpID: new URL(publicUrl).hostname, origin: [publicUrl, ...otherOrigins] }),
    ],
    hooks: { after: afterSignIn(pool) },
  })
}

const changesCredentials = [
  '/two-factor/enable',
  '/two-factor/disable',
  '/passkey/verify-registration',
  '/passkey/delete-passkey',
]

/**
 * A code works once: of several sign-ins with the same code, one finds the row free and the others lose the session
 * they were given. A change of credentials ends every other session.
 */
const afterSignIn = (pool: pg.Pool) =>
  createAuthMiddleware(async (ctx) => {
    const made = ctx.context.newSession
    if (ctx.path === '/two-factor/verify-totp' && made) {
      const code = String((ctx.body as { code?: unknown } | undefined)?.code ?? '')
      const digest = createHash('sha256').update(code).digest('hex')
      await pool.query(`delete from auth.used_code where used_at < now() - interval '10 minutes'`)
      const { rowCount } = await pool.query(
        'insert into auth.used_code (user_id, digest, used_at) values ($1, $2, now()) on conflict do nothing',
        [made.user.id, digest],
      )
      if (!rowCount) {
        await pool.query('delete from auth."session" where "token" = $1', [made.session.token])
        throw new APIError('UNAUTHORIZED', {
          code: 'access.code_used',
          message: 'This code was used already.',
        })
      }
    }
    const session = ctx.context.session
    if (changesCredentials.includes(ctx.path) && session) {
      await pool.query('delete from auth."session" where "userId" = $1 and "token" <> $2', [
        session.user.id,
        session.session.token,
      ])
    }
  })

export type Auth = {
  handler(request: Request): Promise<Response>
  /** The account and session behind a cookie, or null. */
  sessionOf(headers: Headers): Promise<{ accountId: string; sessionId: string } | null>
  /** Makes an account; the caller has proved the right to. */
  createAccount(input: { name: string; email: string; password: string | null }): Promise<string>
  findAccount(email: string): Promise<string | null>
  /** Sets the password of an account that stands for nobody yet: one that an interrupted set-up left behind. */
  setPassword(accountId: string, password: string): Promise<void>
  /** Begins a session; answers the Set-Cookie line. */
  beginSession(accountId: string): Promise<string>
  pool: pg.Pool
  close(): Promise<void>
}

export function createAuth(options: AuthOptions): Auth {
  const pool = new pg.Pool({
    ...options.connection,
    max: 6,
    application_name: 'assay-auth',
    options: `-c role=${applicationRole} -c search_path=auth`,
  })
  pool.on('error', () => undefined)
  const secret = secretOf(options.dataDir)
  const hasher = passwordHasher()
  const auth = library(options, pool, secret, hasher)
  const secure = options.publicUrl.startsWith('https:')
  const cookieName = `${secure ? '__Secure-' : ''}assay.session_token`
  return {
    pool,
    handler: (request) => auth.handler(request),
    async sessionOf(headers) {
      const found = await auth.api.getSession({ headers })
      return found ? { accountId: found.user.id, sessionId: found.session.id } : null
    },
    async createAccount({ name, email, password }) {
      const { internalAdapter } = await auth.$context
      const user = await internalAdapter.createUser(
        { name, email: email.toLowerCase(), emailVerified: true },
        { method: 'email-password' },
      )
      if (password !== null) {
        await internalAdapter.linkAccount({
          userId: user.id,
          providerId: 'credential',
          accountId: user.id,
          password: await hasher.hash(password),
        })
      }
      return user.id
    },
    async setPassword(accountId, password) {
      const { internalAdapter } = await auth.$context
      await internalAdapter.updatePassword(accountId, await hasher.hash(password))
    },
    async findAccount(email) {
      const { rows } = await pool.query<{ id: string }>('select id from auth."user" where email = $1', [
        email.toLowerCase(),
      ])
      return rows[0]?.id ?? null
    },
    async beginSession(accountId) {
      const { internalAdapter } = await auth.$context
      const session = await internalAdapter.createSession(accountId, false)
      const signature = createHmac('sha256', secret).update(session.token).digest('base64')
      const value = encodeURIComponent(`${session.token}.${signature}`)
      return `${cookieName}=${value}; Max-Age=${week}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    },
    close: () => pool.end(),
  }
}
