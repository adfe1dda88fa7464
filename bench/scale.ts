// Registers and posture of an organisation with half a million items of evidence, read by twenty at once, against the
// cheapest question through the same door: twenty that ask again as soon as they are answered, and twenty that read for
// a second between two pages.
// node bench/scale.ts [evidence] [seconds]
import { randomBytes, randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { listImplementations } from '../src/controls/server/implementation-queries.ts'
import { performOccurrence } from '../src/controls/server/occurrence-commands.ts'
import { listOccurrences } from '../src/controls/server/occurrence-queries.ts'
import { listControls } from '../src/controls/server/queries.ts'
import { applicationRole, connect } from '../src/db/connect.ts'
import type { Context } from '../src/db/context.ts'
import { cursorOf } from '../src/db/keyset.ts'
import { writing } from '../src/db/transaction.ts'
import { listEvidence } from '../src/evidence/server/queries.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import type { Query } from '../src/kernel/command.ts'
import { getOrganisation } from '../src/organisation/server/queries.ts'
import { breaks, overview } from '../src/posture/server/queries.ts'
import { warmPosture } from '../src/posture/server/warm.ts'
import { answer, execute } from '../src/server/execute.ts'
import { permissionMatrix } from '../src/server/nouns.ts'
import type { Caller, Runtime } from '../src/server/runtime.ts'
import { memoryObjects } from '../tests/support/memory-objects.ts'
import { perAnswer, processor } from './support/processor.ts'
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
const owner = connect(server.connection, { role: null, max: 1 })
await sql`vacuum analyze`.execute(owner.kysely)
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

// Any question of the table; what it answers is not looked at here.
type Asked = { query: Query<Context, never, unknown>; input: Record<string, unknown> }
const asked = <I, O>(query: Query<Context, I, O>, input: Record<string, unknown> = {}): Asked => ({
  query: query as unknown as Asked['query'],
  input,
})

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Times of a question asked by all readers again and again, in milliseconds, with a pause after each answer. */
async function together({ query, input }: Asked, pause = 0): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: readers }, async (_, reader) => {
      // Readers do not begin at the same instant.
      if (pause > 0) await wait((pause * reader) / readers)
      while (performance.now() < end) {
        const start = performance.now()
        await answer(runtime, caller, query, input)
        times.push(performance.now() - start)
        if (pause > 0) await wait(pause)
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

const middle = cursorOf({ sort: 'about/desc', value: '2022-01-01', id: randomUUID() })
// As the filling makes them: the hundredth implementation, and what it is for.
const hundredth = (kind: number) => `${String(kind).padStart(8, '0')}-0000-4000-8000-000000000100`
const pages: [name: string, asked: Asked][] = [
  ['evidence, newest first', asked(listEvidence)],
  ['evidence, from the middle', asked(listEvidence, { cursor: middle })],
  ['evidence with a text that few have', asked(listEvidence, { text: 'Report 4999', sort: 'title' })],
  ['evidence with a text that none has', asked(listEvidence, { text: '監査' })],
  ['evidence with a text that all have', asked(listEvidence, { text: 'report', sort: 'title' })],
  ['evidence of one implementation', asked(listEvidence, { implementation: hundredth(3) })],
  ['evidence awaiting review', asked(listEvidence, { state: 'awaiting' })],
  ['evidence that was rejected', asked(listEvidence, { state: 'rejected' })],
  ['evidence that has expired', asked(listEvidence, { state: 'expired' })],
  ['occurrences by due day', asked(listOccurrences)],
  ['missed occurrences', asked(listOccurrences, { state: 'missed' })],
  ['controls', asked(listControls)],
  ['implementations', asked(listImplementations)],
]
for (const [name, page] of pages) {
  const first = await once(() => ask(page))
  const alone = await once(() => ask(page))
  const before = await processor(owner.kysely)
  const times = await together(page)
  const after = await processor(owner.kysely)
  const p99 = quantile(times, 0.99)
  const reading = quantile(await together(page, 1_000), 0.99)
  line(`page: ${name}`, {
    ...{ 'first after a change ms': first, 'alone ms': alone, readers, 'p99 ms': p99, ratio: p99 / cheapest },
    ...{ 'p99 ms, 1 s of reading': reading, 'at most': 100 },
    ...perAnswer(before, after, times.length),
  })
}

const held = monitorEventLoopDelay({ resolution: 5 })
held.enable()
const cpu = process.cpuUsage()
const first = await once(() => answer(runtime, caller, warmPosture, {}))
const { user, system } = process.cpuUsage(cpu)
held.disable()
line('posture: made', {
  ...{ ms: first, 'ms of processor': (user + system) / 1000, 'at most': 3000 },
  ...{ 'loop held at most ms': held.max / 1e6, 'p99 ms': held.percentile(99) / 1e6 },
})
line('posture: first question then', { ms: await once(() => ask(asked(overview))) })
line('posture: asked again', { 'p99 ms': quantile(await together(asked(overview)), 0.99), readers })
line('posture: what will break', { ms: await once(() => ask(asked(breaks))) })
line('posture: as of a past day', {
  ms: await once(() => ask(asked(overview), { asOf: '2023-03-31' })),
  'at most': 1000,
})

const { items } = await answer(runtime, caller, listOccurrences, { state: 'missed', limit: 100 })
// The filling went past the log; what a change is compared with is the entry before it.
await writing(database, organisationId, (tx) => {
  const all = (value: (one: (typeof items)[number]) => unknown) => items.map(value)
  return sql`select append_entries(${organisationId}::uuid, now(), ${all(() => '')}::text[], ${all(() => randomUUID())}::uuid[],
    ${all(() => 'occurrence.planned')}::text[], ${all(() => 'occurrence')}::text[], ${all(({ id }) => id)}::uuid[],
    ${all(() => 1)}::integer[], ${all(() => randomBytes(32))}::bytea[], ${all((record) => JSON.stringify({ record }))}::text[])`.execute(
    tx,
  )
})
await ask(asked(overview))
const afterOne: number[] = []
for (const one of items) {
  const done = { on: '2023-07-31', outcome: 'pass', note: null, personId: null }
  await execute(runtime, caller, performOccurrence, { id: one.id, version: one.version, ...done })
  afterOne.push(await once(() => ask(asked(overview))))
}
line('posture: after one change', { 'p50 ms': quantile(afterOne, 0.5), 'p99 ms': quantile(afterOne, 0.99) })
line('memory', { 'MB resident': process.memoryUsage().rss / 1e6 })
await database.close()
await owner.close()
await server.stop()
process.exit(0)
