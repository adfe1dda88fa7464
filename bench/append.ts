// How much the evidence log costs a transaction: the same insert with an appended entry against two plain inserts.
import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { applicationRole, connect, type Database } from '../src/db/connect.ts'
import { writing } from '../src/db/transaction.ts'
import type { Actor } from '../src/kernel/actor.ts'
import { append } from '../src/log/server/append.ts'
import { benchServer, line, perSecond } from './support/server.ts'

const clients = 8
const seconds = 4
const random = (length: number) => new Uint8Array(randomBytes(length))

const server = await benchServer()
const database = connect(server.connection, { role: applicationRole, max: clients })

const found = (organisationId: string) =>
  writing(database, organisationId, (tx) =>
    tx
      .insertInto('logHead')
      .values({ organisationId, origin: `bench/${organisationId}`, size: 0 })
      .execute(),
  )

const organisations = Array.from({ length: clients }, () => randomUUID())
const hot = randomUUID()
for (const id of [...organisations, hot]) await found(id)

const record = {
  name: { en: 'Example Corporation', ja: '株式会社サンプル' },
  memberFrom: '2013-11-01',
  memberTo: null,
  country: 'JP',
}

const insertEntity = (tx: Parameters<Parameters<typeof writing>[2]>[0], organisationId: string) =>
  sql`insert into entity (organisation_id, id, version, key, kind, name) values (${organisationId}::uuid, ${randomUUID()}::uuid, 1, ${randomUUID()}, 'company', ${JSON.stringify(record.name)}::jsonb)`.execute(
    tx,
  )

const plain = (organisationId: string) =>
  writing(database, organisationId, async (tx) => {
    await insertEntity(tx, organisationId)
    await insertEntity(tx, organisationId)
  })

const logged = (organisationId: string) =>
  writing(database, organisationId, async (tx) => {
    await insertEntity(tx, organisationId)
    const actor: Actor = {
      kind: 'person',
      id: randomUUID(),
      name: 'Bench',
      organisationId,
      grants: [],
      scopes: null,
    }
    const entry = {
      type: 'entity.created',
      noun: 'entity',
      id: randomUUID(),
      n: 1,
      reason: null,
      open: false,
      record,
    }
    await append(tx, [entry], {
      organisationId,
      actor,
      command: 'entity.create',
      at: new Date(),
      random,
      beacon: '',
    })
  })

const one = (list: readonly string[], client: number) => list[client % list.length] ?? hot

async function run(database_: Database): Promise<void> {
  await perSecond(clients, 1, (client) => plain(one(organisations, client)))
  await perSecond(clients, 1, (client) => logged(one(organisations, client)))
  // The two alternate, so that neither has the quieter machine.
  const plainRates: number[] = []
  const loggedRates: number[] = []
  for (let round = 0; round < 3; round++) {
    plainRates.push(await perSecond(clients, seconds, (client) => plain(one(organisations, client))))
    loggedRates.push(await perSecond(clients, seconds, (client) => logged(one(organisations, client))))
  }
  const reference = Math.max(...plainRates)
  const apart = Math.max(...loggedRates)
  const together = await perSecond(clients, seconds, () => logged(hot))
  line('two plain inserts', { 'tx/s': reference })
  line('insert + entry, 8 logs', { 'tx/s': apart, ratio: apart / reference, 'at least': 0.7 })
  line('insert + entry, one hot log', { 'tx/s': together, ratio: together / reference, 'at least': 0.15 })
  await database_.close()
}

await run(database)
await server.stop()
