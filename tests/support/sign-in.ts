import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { vi } from 'vitest'
import type { Role } from '../../src/kernel/actor.ts'
import type { Id } from '../../src/kernel/id.ts'
import { addPerson } from '../../src/people/server/commands.ts'
import { giveGrant } from '../../src/people/server/grant-commands.ts'
import { type Auth, createAuth } from '../../src/server/auth.ts'
import { registerOwnAddress } from '../../src/server/auth-address.ts'
import { registerAuthRoutes } from '../../src/server/auth-http.ts'
import { registerDoors } from '../../src/server/doors.ts'
import { registerDemoDoor } from '../../src/server/doors-demo.ts'
import { execute } from '../../src/server/execute.ts'
import { createHttp } from '../../src/server/http.ts'
import { routes } from '../../src/server/nouns.ts'
import { passwordRule } from '../../src/server/passwords.ts'
import type { Runtime } from '../../src/server/runtime.ts'
import { authenticator } from '../../src/server/session.ts'
import { registerOrganisationChoice } from '../../src/server/session-organisation.ts'
import { temporaryDirectory } from './directory.ts'
import { type Home, makeWorld, type World } from './world.ts'

export const publicUrl = 'http://localhost:4600'

export type SignInWorld = World & {
  auth: Auth
  app: FastifyInstance
  /** What the program wrote to its log. */
  lines: string[]
  /** Moves the clock of the program and of the sign-in library together. */
  at(instant: string): void
}

/** The application with real sign-in, on a database of its own; `demo` opens the demo's door for an organisation. */
export async function makeSignInWorld(
  seed: string,
  demo?: (runtime: Runtime) => Promise<Id>,
): Promise<SignInWorld> {
  const world = await makeWorld(seed)
  vi.useFakeTimers({ toFake: ['Date'], now: world.clock.now() })
  const directory = temporaryDirectory('sign-in')
  const { host, port, user, password, database } = world.database.pool.options
  const connection = { host, port, user, password, database }
  const lines: string[] = []
  const log = (line: unknown) => lines.push(JSON.stringify(line))
  const auth = createAuth({ connection, dataDir: directory.path, publicUrl, otherOrigins: [], log })
  const authenticate = authenticator(world.runtime, auth)
  const app = createHttp({ runtime: world.runtime, routes, authenticate, log })
  registerAuthRoutes(app, world.runtime, auth, passwordRule(null))
  registerOwnAddress(app, world.runtime, auth, authenticate)
  registerDoors(app, world.runtime, auth, passwordRule(null))
  registerOrganisationChoice(app, world.runtime, auth)
  if (demo) registerDemoDoor(app, world.runtime, auth, await demo(world.runtime))
  return {
    ...world,
    auth,
    app,
    lines,
    at(instant) {
      world.clock.set(instant)
      vi.setSystemTime(new Date(instant))
    },
    async close() {
      await app.close()
      await auth.close()
      await world.close()
      directory.remove()
      vi.useRealTimers()
    },
  }
}

export type Browser = {
  cookies: Map<string, string>
  get(url: string): Promise<LightMyRequestResponse>
  post(url: string, body?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

/** A browser with its own cookies, at its own address. */
export function browser(world: SignInWorld, remoteAddress = '192.0.2.1'): Browser {
  const cookies = new Map<string, string>()
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await world.app.inject({
      method,
      url,
      remoteAddress,
      headers: {
        origin: publicUrl,
        'sec-fetch-site': 'same-origin',
        ...(cookie && { cookie }),
        ...headers,
      },
      ...(body && { payload: body }),
    })
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return {
    cookies,
    get: (url) => send('GET', url),
    post: (url, body = {}, headers = {}) => send('POST', url, body, headers),
  }
}

export const goodPassword = 'correct horse battery staple'

export type Member = { id: Id; email: string; accountId: string }

/** An active person with an account and a role over the whole organisation. */
export async function addMember(
  world: SignInWorld,
  home: Home,
  name: string,
  role: Role | null,
  password = goodPassword,
): Promise<Member> {
  const email = `${name}@example.com`
  const accountId = await world.auth.createAccount({ name, email, password })
  const person = {
    name: { en: name },
    email,
    entityId: null,
    jobTitle: null,
    state: 'active' as const,
    accountId,
  }
  const { id } = await execute(world.runtime, home.system, addPerson, person)
  const reach = { entityId: null, certificateId: null }
  if (role) await execute(world.runtime, home.system, giveGrant, { personId: id, role, ...reach })
  return { id, email, accountId }
}

export const signIn = (one: Browser, email: string, password = goodPassword) =>
  one.post('/api/auth/sign-in/email', { email, password })

export { totp } from './totp.ts'
