// Registers and posture of an organisation with half a million items of evidence, read by twenty at once, against the
// cheapest question through the same door.
// node bench/scale.ts [evidence] [seconds]
import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { listImplementations } from '../src/controls/server/implementation-queries.ts'
import { performOccurrence } from '../src/controls/server/occurrence-commands.ts'
import { listOccurrences } from '../src/controls/server/occurrence-queries.ts'
import { listControls } from '../src/controls/server/queries.ts'
import { applicationRole, connect } from '../src/db/connect.ts'
import type { Context } from '../src/db/context.ts'
import { listEvidence } from '../src/evidence/server/queries.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import type { Query } from '../src/kernel/command.ts'
import { getOrganisation } from '../src/organisation/server/queries.ts'
import { breaks, overview } from '../src/posture/server/queries.ts'
import { answer, execute } from '../src/server/execute.ts'
import { permissionMatrix } from '../src/server/nouns.ts'
import type { Caller, Runtime } from '../src/server/runtime.ts'
import { memoryObjects } from '../tests/support/memory-objects.ts'
import { fillOrganisation } from './support/scale.ts'
import { benchServer, line, quantile } from './support/server.ts'

const [evidence = 500_000, seconds = 4] = process.argv.slice(2).map(Number)
const readers = 20
const server = await benchServer()
const database = connect(server.connection, { role: applicationRole })
const catalogue = loadCatalogue(fileURLToPath(new URL('../frameworks', import.meta.url)))
const scale = {
  entities: 20,
  controls: 250,
  implementations: 5_000,
  evidence,
  occurrences: Math.round(evidence / 10),
}

const began = performance.now()
const { organisationId } = await fillOrganisation(database, scale, catalogue.library)
// What autovacuum does in the hours after such an import.
await sql`vacuum analyze`.execute(connect(server.connection, { role: null, max: 1 }).kysely)
line('filled', { ...scale, s: (performance.now() - began) / 1000 })

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

// Any question of the table; what it answers is not looked at here.
type Asked = { query: Query<Context, never, unknown>; input: Record<string, unknown> }
const asked = <I, O>(query: Query<Context, I, O>, input: Record<string, unknown> = {}): Asked => ({
  query: query as unknown as Asked['query'],
  input,
})

/** Times of a question asked by all readers again and again, in milliseconds. */
async function together({ query, input }: Asked, at: Partial<Caller> = {}): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: readers }, async () => {
      while (performance.now() < end) {
        const start = performance.now()
        await answer(runtime, { ...caller, ...at }, query, input)
        times.push(performance.now() - start)
      }
    }),
  )
  return times
}

const once = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const ask = ({ query, input }: Asked, at: Partial<Caller> = {}) =>
  answer(runtime, { ...caller, ...at }, query, input)

const cheapest = quantile(await together(asked(getOrganisation)), 0.99)
line('reference: the organisation', { readers, 'p99 ms': cheapest })

const pages: [name: string, asked: Asked][] = [
  ['evidence, newest first', asked(listEvidence)],
  ['evidence of a title', asked(listEvidence, { text: 'Report 4999', sort: 'title' })],
  ['evidence awaiting review', asked(listEvidence, { state: 'awaiting' })],
  ['occurrences by due day', asked(listOccurrences)],
  ['missed occurrences', asked(listOccurrences, { state: 'missed' })],
  ['controls', asked(listControls)],
  ['implementations', asked(listImplementations)],
]
for (const [name, page] of pages) {
  const alone = await once(() => ask(page))
  const p99 = quantile(await together(page), 0.99)
  line(`page: ${name}`, { 'alone ms': alone, readers, 'p99 ms': p99, ratio: p99 / cheapest, 'at most': 100 })
}

line('posture: first question', { ms: await once(() => ask(asked(overview))) })
line('posture: asked again', { 'p99 ms': quantile(await together(asked(overview)), 0.99), readers })
line('posture: what will break', { ms: await once(() => ask(asked(breaks))) })
line('posture: as of a past day', {
  ms: await once(() => ask(asked(overview), { asOf: '2023-03-31' })),
  'at most': 1000,
})

const { items } = await answer(runtime, caller, listOccurrences, { state: 'missed', limit: 100 })
const afterOne: number[] = []
for (const one of items) {
  const done = { on: '2023-07-31', outcome: 'pass', note: null, personId: null }
  await execute(runtime, caller, performOccurrence, { id: one.id, version: one.version, ...done })
  afterOne.push(await once(() => ask(asked(overview))))
}
line('posture: after one change', { 'p50 ms': quantile(afterOne, 0.5), 'p99 ms': quantile(afterOne, 0.99) })
line('memory', { 'MB resident': process.memoryUsage().rss / 1e6 })
await database.close()
await server.stop()
process.exit(0)
