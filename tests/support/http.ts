import type { FastifyInstance } from 'fastify'
import { type Authenticate, createHttp } from '../../src/server/http.ts'
import { routes } from '../../src/server/nouns.ts'
import type { Caller } from '../../src/server/runtime.ts'
import { makeWorld, type World } from './world.ts'

export type HttpWorld = World & { app: FastifyInstance }

/**
 * The API over HTTP without a socket; every request is made by whom `caller` names at that moment. `register` adds the
 * handlers of files, which are neither commands nor queries.
 */
export async function makeHttpWorld(
  seed: string,
  caller: () => Caller,
  register: (app: FastifyInstance, runtime: World['runtime'], authenticate: Authenticate) => void,
): Promise<HttpWorld> {
  const world = await makeWorld(seed)
  const { runtime } = world
  const authenticate = async () => caller()
  const app = createHttp({ runtime, routes, authenticate, log: () => undefined })
  register(app, runtime, authenticate)
  return {
    ...world,
    app,
    async close() {
      await app.close()
      await world.close()
    },
  }
}
