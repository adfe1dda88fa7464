// A page of a register with 100,000 certificates, filtered and sorted, against the bare query that fetches its rows.
import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { listCertificates } from '../src/certificates/server/queries.ts'
import { applicationRole, connect } from '../src/db/connect.ts'
import { reading, writing } from '../src/db/transaction.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import { answer } from '../src/server/execute.ts'
import { permissionMatrix } from '../src/server/nouns.ts'
import type { Caller, Runtime } from '../src/server/runtime.ts'
import { memoryObjects } from '../tests/support/memory-objects.ts'
import { benchServer, line, quantile } from './support/server.ts'

// Fewer for a quick look, and only the cases whose name says a word: node bench/list.ts 20000 5 state
const [count = 100_000, rounds = 60] = process.argv.slice(2, 4).map(Number)
const [, , , , only = ''] = process.argv
const server = await benchServer()
const database = connect(server.connection, { role: applicationRole })
const organisationId = randomUUID()
const entityId = randomUUID()

const term = {
  id: randomUUID(),
  basis: 'initial',
  edition: 'iso27001-2022',
  standard: null,
  localEquivalent: null,
  issuer: { name: { en: 'Issuer' }, accreditation: null },
  soaVersion: null,
  soaDate: null,
  report: null,
  pci: null,
}

await writing(database, organisationId, async (tx) => {
  await tx.insertInto('logHead').values({ organisationId, origin: 'bench', size: 0 }).execute()
  await sql`insert into organisation (organisation_id, id, version, name, time_zone) values (${organisationId}::uuid, ${organisationId}::uuid, 1, '{"en":"Bench"}', 'UTC')`.execute(
    tx,
  )
  await sql`insert into entity (organisation_id, id, version, key, kind, name) values (${organisationId}::uuid, ${entityId}::uuid, 1, 'top', 'company', '{"en":"Top"}')`.execute(
    tx,
  )
  await sql`
    insert into certificate (organisation_id, id, version, key, kind, scheme, number, initial_date, predecessors, holders, services, scopes, terms, events)
    select ${organisationId}::uuid, gen_random_uuid(), 1, 'certificate-' || n, 'certificate', (array['iso27001', 'iso22301', 'iso9001'])[1 + n % 3], 'NO ' || n, '2020-01-01', '[]',
      jsonb_build_array(jsonb_build_object('entityId', ${entityId}::text, 'from', null, 'to', null)), '[]', '[{"text":{"en":"Services"},"from":null,"to":null}]',
      jsonb_build_array(${JSON.stringify(term)}::jsonb || jsonb_build_object('decisionDate', d, 'issueDate', d, 'effectiveDate', d, 'expiryDate', d + 1095)), '[]'
    from (select n, date '2021-01-01' + (n * 7919 % 1800) as d from generate_series(1, ${count}) as n) as made`.execute(
    tx,
  )
})
await sql`analyze`.execute(connect(server.connection, { role: null, max: 1 }).kysely)

const runtime: Runtime = {
  database,
  objects: memoryObjects(),
  clock: { now: () => new Date() },
  random: (length) => new Uint8Array(randomBytes(length)),
  matrix: permissionMatrix(),
  catalogue: loadCatalogue(fileURLToPath(new URL('../frameworks', import.meta.url))),
  postures: new Map(),
  assetGraphs: new Map(),
  beacon: () => '',
  appended: async () => undefined,
}
const caller: Caller = {
  actor: {
    kind: 'person',
    id: randomUUID(),
    name: 'Bench',
    organisationId,
    grants: [{ role: 'manager', entityId: null, certificateId: null }],
    scopes: null,
  },
  language: 'en',
}

async function samples(work: () => Promise<unknown>): Promise<number[]> {
  for (let warm = 0; warm < 5; warm++) await work()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times
}

const expiry = "coalesce(jsonb_path_query_array(terms, '$[last].expiryDate') ->> 0, '9999-12-31')"

// The least that a state can be asked for, from the paper's own days: no events, no scheme, one term.
const today = new Date().toISOString().slice(0, 10)
const active = `terms -> 0 ->> 'effectiveDate' <= '${today}' and terms -> 0 ->> 'expiryDate' >= '${today}'`

// What a page says at the least: its rows, and how many there are in all.
const bare = (filter: string, order: string) => () =>
  reading(database, organisationId, async (tx) => {
    await sql`select * from certificate where ${sql.raw(filter)} order by ${sql.raw(order)}, id limit 51`.execute(
      tx,
    )
    await sql`select count(*) from certificate where ${sql.raw(filter)}`.execute(tx)
  })

const cases: [name: string, input: Record<string, unknown>, filter: string, order: string][] = [
  ['by key', {}, 'true', 'key'],
  ['one scheme, by expiry', { scheme: 'iso22301', sort: 'expiry' }, "scheme = 'iso22301'", expiry],
  [
    'text, by number',
    { text: 'NO 99', sort: 'number' },
    "(key ilike '%NO 99%' or number ilike '%NO 99%' or scheme ilike '%NO 99%' or scopes::text ilike '%NO 99%' or terms::text ilike '%NO 99%')",
    "coalesce(number, '')",
  ],
  [
    'expiring, by expiry',
    { expiresBefore: '2024-06-01', sort: 'expiry' },
    `${expiry} < '2024-06-01'`,
    expiry,
  ],
  ['active ones, by expiry', { state: 'active', sort: 'expiry' }, active, expiry],
  ['expired ones, by state', { state: 'expired', sort: 'state' }, `not (${active})`, `(${active})::text`],
  ['by state', { sort: 'state' }, 'true', `(${active})::text`],
  [
    'held below an entity, by key',
    { entity: entityId },
    `holders @> '[{"entityId": "${entityId}"}]'::jsonb`,
    'key',
  ],
]

for (const [name, input, filter, order] of cases) {
  if (!name.includes(only)) continue
  const reference = await samples(bare(filter, order))
  const page = await samples(() => answer(runtime, caller, listCertificates, input))
  const [plain, full] = [quantile(reference, 0.99), quantile(page, 0.99)]
  line(`list of ${count.toLocaleString('en')}, ${name}`, {
    'bare p99 ms': plain,
    'page p99 ms': full,
    ratio: full / plain,
    'at most': 5,
  })
}
await database.close()
await server.stop()
process.exit(0)
