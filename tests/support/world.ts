import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { applicationRole, connect, type Database } from '../../src/db/connect.ts'
import { loadCatalogue } from '../../src/frameworks/server/load.ts'
import type { Actor, ActorGrant, Role } from '../../src/kernel/actor.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { type Id, newId } from '../../src/kernel/id.ts'
import type { Random } from '../../src/kernel/random.ts'
import type { Entity } from '../../src/organisation/entity.ts'
import { createEntity } from '../../src/organisation/server/commands.ts'
import { foundOrganisation } from '../../src/organisation/server/found.ts'
import { execute } from '../../src/server/execute.ts'
import { permissionMatrix } from '../../src/server/nouns.ts'
import type { Caller, Runtime } from '../../src/server/runtime.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { memoryObjects } from './memory-objects.ts'

/** Random bytes that are the same on every run. */
export function seededRandom(seed: string): Random {
  let counter = 0
  return (length) => {
    const parts: Buffer[] = []
    for (let have = 0; have < length; have += 32) {
      parts.push(createHash('sha256').update(`${seed}/${counter++}`).digest())
    }
    return new Uint8Array(Buffer.concat(parts).subarray(0, length))
  }
}

/** A clock that stands until it is moved. */
export function standingClock(start = '2023-07-31T03:00:00.000Z'): Clock & { set(instant: string): void } {
  let now = new Date(start)
  return {
    now: () => new Date(now),
    set(instant) {
      now = new Date(instant)
    },
  }
}

export type World = {
  config: TestDatabase['config']
  runtime: Runtime & { objects: ReturnType<typeof memoryObjects> }
  clock: ReturnType<typeof standingClock>
  database: Database
  close(): Promise<void>
}

const catalogue = loadCatalogue(fileURLToPath(new URL('../../frameworks/', import.meta.url)))

/** A runtime on a database of its own, as main.ts would make it, with time and randomness under control. */
export async function makeWorld(seed = 'world', parts: Partial<Runtime> = {}): Promise<World> {
  const { config } = await testDatabase()
  const database = connect(config, { role: applicationRole })
  const clock = standingClock()
  const runtime = {
    database,
    objects: memoryObjects(),
    clock,
    random: seededRandom(seed),
    matrix: permissionMatrix(),
    catalogue,
    postures: new Map(),
    assetGraphs: new Map(),
    beacon: () => '',
    appended: async () => undefined,
    ...parts,
  }
  return { config, runtime: runtime as World['runtime'], clock, database, close: () => database.close() }
}

export const systemCaller = (organisationId: Id): Caller => ({
  actor: { kind: 'system', id: null, name: 'Assay', organisationId, grants: [], scopes: null },
  language: 'en',
})

export const grantAll = (role: Role): ActorGrant => ({ role, entityId: null, certificateId: null })

/** Someone with the given roles who needs no record of their own. */
export function callerWith(
  organisationId: Id,
  grants: ActorGrant[],
  random: Random,
  parts: Partial<Actor> = {},
): Caller {
  return {
    actor: {
      kind: 'person',
      id: newId(random),
      name: 'Test Person',
      organisationId,
      grants,
      scopes: null,
      ...parts,
    },
    language: 'en',
  }
}

export type Home = { organisationId: Id; root: Entity; owner: Caller; manager: Caller; system: Caller }

/** An organisation with one top entity, an owner and a manager. */
export async function foundHome(world: World, name = 'Example Corporation', key = 'example'): Promise<Home> {
  const { runtime } = world
  const organisationId = newId(runtime.random)
  const system = systemCaller(organisationId)
  await execute(runtime, system, foundOrganisation, {
    name: { en: name, ja: `${name}（日本）` },
    timeZone: 'Asia/Tokyo',
    host: null,
    demoDay: null,
  })
  const owner = callerWith(organisationId, [grantAll('owner')], runtime.random)
  const manager = callerWith(organisationId, [grantAll('manager')], runtime.random)
  const root = await execute(runtime, owner, createEntity, {
    key,
    parentId: null,
    kind: 'company',
    name: { en: name, ja: `${name}（日本）` },
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  })
  return { organisationId, root, owner, manager, system }
}
