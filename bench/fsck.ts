// How long fsck takes on a log of a million entries, against hashing the same bytes on the same machine in the same run.
// node bench/fsck.ts [entries]

import { hash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { canonicalize, commit, decodeUtf8, encodeLeaf, leafHash, nodeHash } from '#tlog'
import { applicationRole, connect, type Database } from '../src/db/connect.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { shareSnapshot } from '../src/db/snapshot.ts'
import { reading } from '../src/db/transaction.ts'
import { idBytes, newEventId, newId } from '../src/kernel/id.ts'
import { fsck } from '../src/log/server/fsck.ts'
import { eachEntry, field } from '../src/log/server/fsck-raw.ts'
import { rowsForFsck } from '../src/log/server/fsck-rows.ts'
import { createSealer } from '../src/log/server/seal.ts'
import { entity } from '../src/organisation/entity.ts'
import { line } from './support/server.ts'

const total = Number(process.argv[2] ?? 1_000_000)
const versions = 100
const rounds = 5
const batch = 5000

// Long enough to feel what else the machine does, as fsck feels it: a short burst after waiting is favoured.
const hashedAtOnce = 100_000

const random = (length: number) => new Uint8Array(randomBytes(length))
const at = new Date('2023-07-31T03:00:00.000Z')
const organisationId = newId(random)
const directory = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const clock = { now: () => at }
const seconds = (from: number) => (performance.now() - from) / 1000
const say = (name: string, value: string) => console.log(`${name.padEnd(44)}${value}`)

const recordedAtOf = (index: number) => new Date(at.getTime() + index * 1237).toISOString()

/** Each site is changed a hundred times, one site after another. */
function entryAt(index: number, id: string) {
  const n = (index % versions) + 1
  const record = {
    id,
    version: n,
    key: `site-${Math.floor(index / versions)}`,
    parentId: null,
    kind: 'site',
    name: { en: `Site of the benchmark, in its version ${n}`, ja: '性能測定の拠点' },
    country: 'JP',
    memberFrom: '2020-01-01',
    memberTo: null,
  }
  const type = n === 1 ? 'entity.created' : 'entity.updated'
  const actor = { kind: 'person', id: organisationId, name: `Person ${index % 17}` }
  const recordedAt = recordedAtOf(index)
  const command = 'entity.update'
  const statement = canonicalize({
    v: 1,
    type,
    noun: 'entity',
    id,
    n,
    recordedAt,
    actor,
    command,
    reason: null,
    record,
  })
  const salt = random(32)
  const eventId = newEventId(random, at)
  const c = Buffer.from(commit(salt, Buffer.from(statement))).toString('base64')
  const s = Buffer.from(idBytes(id)).toString('base64')
  const leaf = decodeUtf8(encodeLeaf({ v: 1, t: type, s, n: String(n), c, b: '', e: eventId }))
  return { leaf, eventId, type, id, n, salt, statement }
}

async function fill(client: pg.Client): Promise<void> {
  await client.query('insert into log_head values ($1, $2, $3)', [
    organisationId,
    `bench.example/${organisationId}`,
    total,
  ])
  let id = ''
  for (let from = 0; from < total; from += batch) {
    const rows = Array.from({ length: Math.min(batch, total - from) }, (_, i) => {
      if ((from + i) % versions === 0) id = newId(random)
      return entryAt(from + i, id)
    })
    await client.query(
      `insert into log_entry select $1, $2 + ord - 1, leaf, event_id, type, 'entity', record_id, n, recorded_at, salt, statement
       from unnest($3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::int[], $8::bytea[], $9::text[], $10::timestamptz[])
         with ordinality as x(leaf, event_id, type, record_id, n, salt, statement, recorded_at, ord)`,
      [
        organisationId,
        from,
        rows.map((row) => row.leaf),
        rows.map((row) => row.eventId),
        rows.map((row) => row.type),
        rows.map((row) => row.id),
        rows.map((row) => row.n),
        rows.map((row) => Buffer.from(row.salt)),
        rows.map((row) => row.statement),
        rows.map((_, i) => recordedAtOf(from + i)),
      ],
    )
  }
  await client.query(`insert into entity (organisation_id, id, version, key, kind, name, country, member_from)
    select organisation_id, record_id, n, statement::jsonb -> 'record' ->> 'key', 'site', statement::jsonb -> 'record' -> 'name', 'JP', '2020-01-01'
    from (select distinct on (record_id) * from log_entry order by record_id, n desc) as newest`)
  await client.query('analyze')
}

type Parts = { leaf: Uint8Array; salt: Uint8Array; statement: Uint8Array }

function partsOf(rows: Buffer): Parts[] {
  const held: Parts[] = []
  for (const { bytes, starts, ends } of eachEntry(rows)) {
    const part = (i: number) => bytes.subarray(starts[i], ends[i])
    held.push({ leaf: part(field.leaf), salt: part(field.salt), statement: part(field.statement) })
  }
  return held
}

/**
 * The reference: the four SHA-256 that each entry cannot do without (statement, commitment, leaf, and one node of the
 * tree for each leaf), one after another on one core, by the library's own functions, over bytes that are in memory
 * already. Reading the rows, comparing them and everything else that fsck does is not in it.
 */
function hashAll(held: readonly Parts[]): void {
  for (const { leaf, salt, statement } of held) nodeHash(leafHash(leaf), commit(salt, statement))
}

/** The same four, as bare calls of the platform over inputs of the same lengths: nothing is put together or kept. */
function hashBare(held: readonly Parts[]): void {
  const opening = new Uint8Array(80)
  const node = new Uint8Array(65)
  for (const { leaf, statement } of held) {
    for (const input of [statement, opening, leaf, node]) hash('sha256', input, 'binary')
  }
}

type Hashing = { library: number; bare: number }

/** Seconds of the references over the whole log. */
async function hashing(database: Database): Promise<Hashing> {
  const spent: Hashing = { library: 0, bare: 0 }
  let held: Parts[] = []
  const time = () => {
    const began = performance.now()
    hashAll(held)
    spent.library += seconds(began)
    const bareBegan = performance.now()
    hashBare(held)
    spent.bare += seconds(bareBegan)
    held = []
  }
  await reading(database, organisationId, async (tx) => {
    const snapshot = await shareSnapshot(database, organisationId, tx)
    await snapshot.client(async (client) => {
      for await (const rows of rowsForFsck([client], organisationId, total)) {
        held.push(...partsOf(Buffer.from(rows)))
        if (held.length >= hashedAtOnce) time()
      }
      time()
    })
  })
  return spent
}

const embedded = await startEmbedded({ dataDir: directory, log: () => undefined })
try {
  await migrate(embedded.connectionConfig)
  const client = new pg.Client(embedded.connectionConfig)
  await client.connect()
  const filling = performance.now()
  await fill(client)
  await client.end()
  say('entries', String(total))
  say('filled in', `${seconds(filling).toFixed(1)} s`)
  const database = connect(embedded.connectionConfig, { role: applicationRole })
  const sealer = createSealer({ database, clock, random, directory, log: console.log })
  const sealing = performance.now()
  await sealer.sealNow(organisationId)
  say('sealed and published in', `${seconds(sealing).toFixed(1)} s`)

  // They alternate, so that neither has the quieter machine.
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { library, bare } = await hashing(database)
    const examining = performance.now()
    const report = await fsck({ database, directory, organisationId, recordTypes: [entity] })
    const took = seconds(examining)
    ratios.push(took / library)
    line('fsck', {
      'hashing s': library,
      'fsck s': took,
      ratio: took / library,
      'ratio to bare calls': took / bare,
      findings: report.count,
      files: report.tiles,
      'MiB of this process': Math.round(process.memoryUsage().rss / 2 ** 20),
    })
  }
  line('fsck against hashing', { entries: total, 'best ratio': Math.min(...ratios), 'at most': 3 })
  await database.close()
} finally {
  await embedded.stop()
  rmSync(directory, { recursive: true, force: true })
}
