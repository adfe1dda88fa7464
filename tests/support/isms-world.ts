import type { FastifyInstance } from 'fastify'
import { reading } from '../../src/db/transaction.ts'
import type { Role } from '../../src/kernel/actor.ts'
import type { Id } from '../../src/kernel/id.ts'
import { registerAssetFileRoutes } from '../../src/server/assets-file-http.ts'
import { registerContextFileRoutes } from '../../src/server/context-file-http.ts'
import { registerControlFileRoutes } from '../../src/server/controls-file-http.ts'
import { registerRiskFileRoutes } from '../../src/server/risks-file-http.ts'
import type { Caller } from '../../src/server/runtime.ts'
import { type Planter, planter } from './calendar.ts'
import { type HttpWorld, makeHttpWorld } from './http.ts'
import { foundHome, type Home } from './world.ts'

export type Said = {
  status: number
  code: string
  /** The text for people, in the language of the caller. */
  detail: string
  /** Every field that is named, with its code. */
  fields: string[]
  // biome-ignore lint/suspicious/noExplicitAny: the answer of any address; each test says what it expects of it
  body: any
}

export type IsmsWorld = {
  world: HttpWorld
  home: Home
  plant: Planter
  /** The clerk, who may do everything that needs no second person. */
  clerk: { id: Id; caller: Caller }
  as(caller: Caller): void
  somebody(name: string, role: Role): Promise<{ id: Id; version: number; caller: Caller }>
  /** Asks an address of the API; `version` goes as If-Match. */
  ask(method: 'GET' | 'POST' | 'PUT', url: string, body?: object, version?: number): Promise<Said>
  /** Sends a file to be imported, or only tried. */
  send(url: string, bytes: Buffer | string, mode?: 'dry-run' | 'apply', mediaType?: string): Promise<Said>
  /** A register as a file. */
  file(url: string): Promise<Buffer>
  /** How many entries the log has. */
  entries(): Promise<number>
}

type Problems = { pointer: string; code: string }[]

function saidBy(answer: Awaited<ReturnType<FastifyInstance['inject']>>): Said {
  const body = answer.body === '' ? {} : answer.json()
  const fields = ((body.errors ?? []) as Problems).map(({ pointer, code }) => `${pointer} ${code}`)
  return { status: answer.statusCode, code: body.code ?? '', detail: body.detail ?? '', fields, body }
}

/** An organisation over HTTP with everything of its management system and the handlers of its files. */
export async function makeIsmsWorld(seed: string): Promise<IsmsWorld> {
  let caller: Caller | null = null
  const world = await makeHttpWorld(
    seed,
    () => {
      if (caller === null) throw new Error('nobody asks yet')
      return caller
    },
    (app, runtime, authenticate) => {
      registerAssetFileRoutes(app, runtime, authenticate)
      registerContextFileRoutes(app, runtime, authenticate)
      registerControlFileRoutes(app, runtime, authenticate)
      registerRiskFileRoutes(app, runtime, authenticate)
    },
  )
  const home = await foundHome(world)
  const plant = planter(world, home)
  const clerk = await plant.somebody('Clerk', 'manager', null)
  caller = clerk.caller
  return {
    ...{ world, home, plant, clerk },
    as: (next) => {
      caller = next
    },
    somebody: (name, role) => plant.somebody(name, role, null),
    async ask(method, url, body, version) {
      const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
      return saidBy(
        await world.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) }),
      )
    },
    async send(url, bytes, mode = 'apply', mediaType = 'text/csv') {
      const headers = { 'content-type': mediaType }
      return saidBy(
        await world.app.inject({ method: 'POST', url: `${url}?mode=${mode}`, payload: bytes, headers }),
      )
    },
    file: async (url) => (await world.app.inject({ method: 'GET', url })).rawPayload,
    entries: () =>
      reading(world.database, home.organisationId, async (tx) => {
        const rows = await tx.selectFrom('logEntry').select('idx').execute()
        return rows.length
      }),
  }
}
