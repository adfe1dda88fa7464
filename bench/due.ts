// What is due, all of it in the order of its days, where 10,000 of 100,000 occurrences are: a page alone, against the
// bare query for the rows of those occurrences. Items of evidence ask for something too, each implementation for one.
// node bench/due.ts [occurrences] [evidence] [rounds]
import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { countDueDays, listDue } from '../src/calendar/server/queries.ts'
import { applicationRole, connect } from '../src/db/connect.ts'
import { reading } from '../src/db/transaction.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import { answer } from '../src/server/execute.ts'
import { permissionMatrix } from '../src/server/nouns.ts'
import type { Caller, Runtime } from '../src/server/runtime.ts'
import { requestsDue } from '../src/trust/server/request-due-queries.ts'
import { memoryObjects } from '../tests/support/memory-objects.ts'
import { perAnswer, processor } from './support/processor.ts'
import { fillOrganisation } from './support/scale.ts'
import { benchServer, line, quantile } from './support/server.ts'

const [occurrences = 100_000, evidence = 10_000, rounds = 30] = process.argv.slice(2).map(Number)
const server = await benchServer()
const database = connect(server.connection, { role: applicationRole })
const owner = connect(server.connection, { role: null, max: 1 })
const catalogue = loadCatalogue(fileURLToPath(new URL('../frameworks', import.meta.url)))
const scale = { entities: 20, controls: 250, implementations: 5_000, evidence, occurrences }
const { organisationId } = await fillOrganisation(database, scale, catalogue.library)
// One of ten was never carried out.
await sql`update occurrence set attempts = '[]' where right(id::text, 1) = '0'`.execute(owner.kysely)
await sql`vacuum analyze`.execute(owner.kysely)
line('filled', scale)

const runtime: Runtime = {
  database,
  objects: memoryObjects(),
  clock: { now: () => new Date() },
  random: (length) => new Uint8Array(randomBytes(length)),
  matrix: permissionMatrix(),
  catalogue,
  postures: new Map(),
  assetGraphs: new Map(),
  counts: new Map(),
  frames: new Map(),
  beacon: () => '',
  appended: async () => undefined,
}
const caller: Caller = {
  actor: {
    kind: 'person',
    id: randomUUID(),
    name: 'Bench',
    organisationId,
    grants: [{ role: 'owner', entityId: null, certificateId: null }],
    scopes: null,
  },
  language: 'en',
}

const warming = 3

async function samples(work: () => Promise<unknown>): Promise<number[]> {
  for (let warm = 0; warm < warming; warm++) await work()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times
}

const bare = await samples(() =>
  reading(database, organisationId, (tx) =>
    sql`select * from occurrence where not passed order by due_by, id`.execute(tx),
  ),
)
const reference = quantile(bare, 0.5)
line('reference: the rows of occurrences', { 'p50 ms': reference, 'p99 ms': quantile(bare, 0.99) })

const list = listDue([requestsDue])
const days = countDueDays([requestsDue])
const { nextCursor, total } = await answer(runtime, caller, list, {})
const asked: [name: string, work: () => Promise<unknown>][] = [
  ['everything, first page', () => answer(runtime, caller, list, {})],
  ['everything, second page', () => answer(runtime, caller, list, { cursor: nextCursor ?? undefined })],
  ['occurrences', () => answer(runtime, caller, list, { kind: 'occurrence' })],
  ['overdue', () => answer(runtime, caller, list, { state: 'overdue' })],
  ['of one person', () => answer(runtime, caller, list, { person: 'me' })],
  ['days of a month', () => answer(runtime, caller, days, { from: '2023-07-01', to: '2023-07-31' })],
]
for (const [name, work] of asked) {
  const before = await processor(owner.kysely)
  const times = await samples(work)
  const after = await processor(owner.kysely)
  const p50 = quantile(times, 0.5)
  line(`due of ${total.toLocaleString('en')}: ${name}`, {
    ...{ 'p50 ms': p50, 'p99 ms': quantile(times, 0.99), ratio: p50 / reference, 'at most': 200 },
    ...perAnswer(before, after, times.length + warming),
  })
}
await database.close()
await owner.close()
await server.stop()
process.exit(0)
