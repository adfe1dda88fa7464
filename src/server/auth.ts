import { createHash, createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import pg from 'pg'
import { applicationRole } from '../db/connect.ts'
import { longestPassword, type PasswordHasher, passwordHasher, shortestPassword } from './passwords.ts'

export type AuthOptions = {
  connection: pg.PoolConfig
  dataDir: string
  /** The origin at which browsers reach Assay; passkeys are bound to its host. */
  publicUrl: string
  /** Further origins of the same installation, such as the loopback address. */
  otherOrigins: readonly string[]
  log(line: Record<string, unknown>): void
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
    logger: { level: 'error', log: (level, message) => options.log({ level, event: 'sign-in', message }) },
    emailAndPassword: {
      enabled: true,
      // Accounts come from set-up, invitations and the demo only.
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      password: { hash: hasher.hash, verify: ({ hash, password }) => hasher.verify(hash, password) },
    },
    // Freshness is asked for where it matters, in front of the routes that add a credential.
    session: { expiresIn: week, updateAge: 86_400, freshAge: 0, cookieCache: { enabled: false } },
    databaseHooks: { session: { create: { before: (session) => refuseLeft(pool, session.userId) } } },
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
      passkey({
        rpName: 'Assay',
        rpID: new URL(publicUrl).hostname,
        origin: [publicUrl, ...otherOrigins],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification }) => {
            refuseUnverified(verification.registrationInfo)
          },
        },
        authentication: {
          afterVerification: ({ verification }) => refuseUnverified(verification.authenticationInfo),
        },
      }),
    ],
    hooks: { after: afterSignIn(pool) },
  })
}

/** Who has left every organisation gets no session, and is told so only after proving who they are. */
async function refuseLeft(pool: pg.Pool, accountId: string): Promise<void> {
  const { rowCount } = await pool.query('select 1 from public.people_of_account($1)', [accountId])
  if (!rowCount)
    throw new APIError('FORBIDDEN', { code: 'access.person_left', message: 'This account has ended.' })
}

/**
 * A passkey stands for both factors, so the device must have checked its owner (WebAuthn Level 3 section 7.2 step 17);
 * a found security key alone must not pass where a password and a code would be asked for.
 */
function refuseUnverified(info: { userVerified: boolean } | undefined): void {
  if (!info?.userVerified)
    throw new APIError('UNAUTHORIZED', {
      code: 'AUTHENTICATION_FAILED',
      message: 'The user was not verified.',
    })
}

// A changed password or second factor ends all sessions in the database itself; for passkeys the current one stays.
const changesPasskeys = ['/passkey/verify-registration', '/passkey/delete-passkey']

/**
 * A code works once: of several sign-ins with the same code, one finds the row free and the others lose the session
 * they were given. A change of passkeys ends every other session.
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
    if (changesPasskeys.includes(ctx.path) && session) {
      await pool.query('delete from auth."session" where "userId" = $1 and "token" <> $2', [
        session.user.id,
        session.session.token,
      ])
    }
  })

export type Auth = {
  publicUrl: string
  handler(request: Request): Promise<Response>
  /** The account and session behind a cookie, or null. */
  sessionOf(headers: Headers): Promise<{ accountId: string; sessionId: string; startedAt: Date } | null>
  /** Makes an account; the caller has proved the right to. */
  createAccount(input: { name: string; email: string; password: string | null }): Promise<string>
  findAccount(email: string): Promise<string | null>
  /** The stored form of a password. */
  hashPassword(password: string): Promise<string>
  /** Whether this is the account's password; null for an account without one. */
  checkPassword(accountId: string, password: string): Promise<boolean | null>
  /**
   * Gives an account that stands for nobody (interrupted set-up, left everywhere) to whoever proved the right to its
   * address: one new password, and none of the credentials and sessions from before.
   */
  takeOver(accountId: string, password: string): Promise<void>
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
  pool.on('connect', (client) => client.on('error', () => undefined))
  const secret = secretOf(options.dataDir)
  const hasher = passwordHasher()
  const auth = library(options, pool, secret, hasher)
  const secure = options.publicUrl.startsWith('https:')
  const cookieName = `${secure ? '__Secure-' : ''}assay.session_token`
  return {
    pool,
    publicUrl: options.publicUrl,
    handler: (request) => auth.handler(request),
    async sessionOf(headers) {
      const found = await auth.api.getSession({ headers })
      return found
        ? { accountId: found.user.id, sessionId: found.session.id, startedAt: found.session.createdAt }
        : null
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
    async takeOver(accountId, password) {
      const hash = await hasher.hash(password)
      const { internalAdapter } = await auth.$context
      // Whatever was registered before was registered by somebody who did not hold this link.
      for (const table of ['session', 'account', 'twoFactor', 'passkey'])
        await pool.query(`delete from auth."${table}" where "userId" = $1`, [accountId])
      await pool.query(`update auth."user" set "twoFactorEnabled" = false where "id" = $1`, [accountId])
      await internalAdapter.linkAccount({
        userId: accountId,
        providerId: 'credential',
        accountId,
        password: hash,
      })
    },
    async findAccount(email) {
      const { rows } = await pool.query<{ id: string }>('select id from auth."user" where email = $1', [
        email.toLowerCase(),
      ])
      return rows[0]?.id ?? null
    },
    hashPassword: (password) => hasher.hash(password),
    async checkPassword(accountId, password) {
      const { rows } = await pool.query<{ password: string | null }>(
        `select "password" from auth."account" where "userId" = $1 and "providerId" = 'credential'`,
        [accountId],
      )
      const hash = rows[0]?.password
      return hash ? hasher.verify(hash, password) : null
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
