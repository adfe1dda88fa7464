// Assets: what a hundred thousand of them with three times as many dependencies are worth, from scratch and after one
// change; imports of 10,000 and of 100,000 from a workbook, with the memory that they take and how long others wait; pages of the register at 20 readers at once. node bench/assets.ts [count]
import { randomBytes, randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { laidOut } from '../src/assets/drawing/layout.ts'
import { assetColumns } from '../src/assets/exchange.ts'
import { createInheritance } from '../src/assets/inheritance.ts'
import { forEach } from '../src/assets/property.ts'
import { importAssets } from '../src/assets/server/exchange.ts'
import { assetGraph } from '../src/assets/server/graph-query.ts'
import { listAssets } from '../src/assets/server/list-query.ts'
import { applicationRole, connect } from '../src/db/connect.ts'
import { reading, writing } from '../src/db/transaction.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import { watched } from '../src/kernel/progress.ts'
import { createEntity } from '../src/organisation/server/commands.ts'
import { foundOrganisation } from '../src/organisation/server/found.ts'
import { groupedBalance } from '../src/posture/server/balance-queries.ts'
import { answer, execute } from '../src/server/execute.ts'
import { permissionMatrix } from '../src/server/nouns.ts'
import type { Caller, Runtime } from '../src/server/runtime.ts'
import { FileRows } from '../src/tabular/import-result.ts'
import { readXlsx } from '../src/tabular/node/xlsx-read.ts'
import { xlsxStream } from '../src/tabular/node/xlsx-write.ts'
import { streamOf } from '../src/tabular/own.ts'
import { memoryObjects } from '../tests/support/memory-objects.ts'
import { benchServer, line, quantile } from './support/server.ts'

const [count = 100_000, imported = 10_000, importedMany = 100_000] = process.argv.slice(2).map(Number)
const day = '2023-07-31'

/** The same numbers on every run (a linear congruential generator; nothing hangs on its quality). */
let seed = 12_345
const random = (below: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
  return seed % below
}

const timed = async (work: () => unknown): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Applications on hosts on halls: five layers, each asset on up to three of those in the layers below it. */
const factOf = (at: number) => {
  const layer = Math.ceil(((at + 1) * 5) / count)
  const below = Math.min(count - 1, Math.floor((layer * count) / 5))
  const needs = Array.from({ length: layer === 5 ? 0 : 4 }, () => below + random(count - below))
  const level = () => (random(3) === 0 ? 1 + random(4) : null)
  return {
    id: `a${at}`,
    key: `a${at}`,
    value: { confidentiality: level(), integrity: level(), availability: level() },
    override: forEach(() => (random(200) === 0 ? { level: 2, reason: 'Measured.' } : null)),
    dependsOn: [...new Set(needs)].slice(0, 4).map((each) => `a${each}`),
    inUseFrom: null,
    inUseTo: null,
  }
}

async function inheritance(): Promise<void> {
  const facts = Array.from({ length: count }, (_, at) => factOf(at))
  const edges = facts.reduce((sum, one) => sum + one.dependsOn.length, 0)
  // The least that has to be done: every asset and every dependency looked up once by its id.
  const reference = await timed(() => {
    const index = new Map(facts.map((one, at) => [one.id, at]))
    return facts.reduce((sum, one) => one.dependsOn.reduce((all, id) => all + (index.get(id) ?? 0), sum), 0)
  })
  let kept = createInheritance(facts)
  const scratch = await timed(() => {
    kept = createInheritance(facts)
    kept.on(day)
  })
  line(`inheritance from scratch, ${count.toLocaleString('en')}`, {
    dependencies: edges,
    'lookups ms': reference,
    'scratch ms': scratch,
    ratio: scratch / reference,
    'at most ms': 2000,
  })
  const changed: number[] = []
  for (let round = 0; round < 1000; round++) {
    const at = random(count)
    const fact = facts[at]
    if (!fact) continue
    const level = random(5) || null
    changed.push(
      await timed(() => {
        kept.put({ ...fact, value: forEach(() => level) })
        kept.effective(fact.id, day)
      }),
    )
  }
  // An asset on which nothing depends and that needs much: it rises above all, and falls again.
  const [top] = facts
  const worst: number[] = []
  for (const level of [7, 1, 7, null])
    if (top)
      worst.push(
        await timed(() => kept.put({ ...top, value: forEach(() => level), override: forEach(() => null) })),
      )
  line(`inheritance after one change, ${count.toLocaleString('en')}`, {
    'median ms': quantile(changed, 0.5),
    'p99 ms': quantile(changed, 0.99),
    'worst ms': Math.max(...changed),
    'from the top ms': Math.max(...worst),
    'of scratch': Math.max(...worst) / scratch,
    'at most ms': 50,
  })
}

await inheritance()

const server = await benchServer()
const database = connect(server.connection, { role: applicationRole })
const runtime: Runtime = {
  database,
  objects: memoryObjects(),
  clock: { now: () => new Date() },
  random: (length) => new Uint8Array(randomBytes(length)),
  matrix: permissionMatrix(),
  catalogue: loadCatalogue(fileURLToPath(new URL('../frameworks', import.meta.url))),
  postures: new Map(),
  assetGraphs: new Map(),
  counts: new Map(),
  beacon: () => '',
  appended: async () => undefined,
}
const organisationId = randomUUID()
const callerAs = (kind: 'system' | 'person'): Caller => ({
  actor: {
    kind,
    id: kind === 'system' ? null : randomUUID(),
    name: 'Bench',
    organisationId,
    grants: kind === 'system' ? [] : [{ role: 'owner', entityId: null, certificateId: null }],
    scopes: null,
  },
  language: 'en',
})
const caller = callerAs('person')
await execute(runtime, callerAs('system'), foundOrganisation, {
  ...{ name: { en: 'Bench' }, timeZone: 'UTC', host: null, demoDay: null },
})
const top = await execute(runtime, caller, createEntity, {
  ...{ key: 'top', parentId: null, kind: 'company', name: { en: 'Top' }, country: null },
  ...{ memberFrom: null, memberTo: null },
})

const rowOf = (at: number, name: string): string[] => {
  const cells: Record<string, string> = {
    ...{ key: `${name}-${at}`, 'name.en': `Imported asset ${at}`, 'name.ja': `取り込んだ資産 ${at}` },
    ...{ kind: 'system', entity: 'top', classification: 'internal', confidentiality: String(1 + (at % 4)) },
    ...{ integrity: '2', availability: '3', personalData: at % 5 === 0 ? 'yes' : 'no', inUseFrom: 'R5.4.1' },
    dependsOn: at === 0 ? '' : `${name}-${Math.floor(at / 2)}`,
  }
  return assetColumns.map((column) => cells[column] ?? '')
}

const megabyte = 1024 * 1024

/** What some work takes: seconds, megabytes of memory beyond those before it, and the longest that others waited. */
async function observed<T>(
  work: () => Promise<T>,
): Promise<{ s: number; MB: number; waited: number; done: T }> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  const began = performance.now()
  let most = before
  let waited = 0
  let last = began
  const timer = setInterval(() => {
    const now = performance.now()
    waited = Math.max(waited, now - last - 10)
    last = now
    most = Math.max(most, process.memoryUsage.rss())
  }, 10)
  const done = await work()
  clearInterval(timer)
  return { s: (performance.now() - began) / 1000, MB: (most - before) / megabyte, waited, done }
}

/** As the server does it, with somebody watching: read, held against everything, written and committed in one go. */
async function fileImported(workbook: Buffer, mode: 'dry-run' | 'apply') {
  const progress = watched({ tell: () => undefined, pause: () => setImmediate() })
  await progress.begin('reading', null)
  const table = await readXlsx(workbook, { reached: progress.reach })
  await progress.begin('checking', table.rows.length)
  const rows = await FileRows.of(table, progress)
  const input = { mode, reason: null, columns: [...table.columns], rows }
  return execute(runtime, caller, importAssets, input, undefined, progress)
}

async function importing(many: number, name: string, limits: Record<string, number>): Promise<void> {
  const table = { header: assetColumns, rows: Array.from({ length: many }, (_, at) => rowOf(at, name)) }
  const workbook = await buffer(xlsxStream('Assets', streamOf(table)))
  table.rows.length = 0
  const read = await observed(() => readXlsx(workbook).then(({ rows }) => rows.length))
  const rehearsed = await observed(() => fileImported(workbook, 'dry-run').then(({ counts }) => counts))
  const applied = await observed(() => fileImported(workbook, 'apply').then(({ counts }) => counts))
  const again = await observed(() => fileImported(workbook, 'apply').then(({ counts }) => counts))
  if (applied.done.create !== many || again.done.unchanged !== many) throw new Error('rows went missing')
  // The least that has to be written: the same rows, by one statement, without a log.
  const reference = await timed(() =>
    writing(database, organisationId, async (tx) => {
      await sql`create temporary table copied on commit drop as select * from asset where false`.execute(tx)
      await sql`insert into copied select * from asset where key like ${`${name}-%`}`.execute(tx)
    }),
  ).catch(() => Number.NaN)
  line(`import of ${many.toLocaleString('en')} from a workbook`, {
    'file MB': workbook.length / megabyte,
    'read s': read.s,
    'dry run s': rehearsed.s,
    'apply s': applied.s,
    'again s': again.s,
    'bare copy ms': reference,
    'dry run MB': rehearsed.MB,
    'apply MB': applied.MB,
    'again MB': again.MB,
    'others waited ms': Math.max(rehearsed.waited, applied.waited, again.waited),
    'whole s': rehearsed.s + applied.s,
    ...limits,
  })
}

await importing(imported, 'imported', { 'at most s': 20 })
if (importedMany > 0) await importing(importedMany, 'many', { 'at most MB': 400 })

await writing(database, organisationId, (tx) =>
  sql`
    insert into asset (organisation_id, id, version, key, name, kind, entity_id, service_ids, value, override,
      personal_data, card_data, depends_on, identifiers, classification)
    select ${organisationId}::uuid, gen_random_uuid(), 1, 'asset-' || n, jsonb_build_object('en', 'Asset ' || n, 'ja', '資産 ' || n),
      (array['information', 'system', 'service', 'site', 'supplier', 'people'])[1 + n % 6], ${top.id}::uuid, '[]',
      jsonb_build_object('confidentiality', 1 + n % 4, 'integrity', 1 + n % 3, 'availability', 1 + n % 2),
      '{"confidentiality": null, "integrity": null, "availability": null}', n % 7 = 0, n % 31 = 0, '[]',
      jsonb_build_array('host-' || n || '.example'), (array['public', 'internal', 'confidential', 'secret'])[1 + n % 4]
    from generate_series(1, ${count}) as n`.execute(tx),
)
await sql`analyze`.execute(connect(server.connection, { role: null, max: 1 }).kysely)
runtime.assetGraphs.clear()

const readers = 20
/** Each reader asks again and again, as often as all of them do; the samples of all. */
async function samples(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  for (let warm = 0; warm < 5; warm++) await work()
  const times: number[] = []
  await Promise.all(
    Array.from({ length: readers }, async () => {
      for (let round = 0; round < rounds; round++) times.push(await timed(work))
    }),
  )
  return times
}

const bare = (filter: string, order: string) => () =>
  reading(database, organisationId, async (tx) => {
    await sql`select * from asset where ${sql.raw(filter)} order by ${sql.raw(order)}, id limit 51`.execute(
      tx,
    )
  })

const cases: [string, Record<string, unknown>, string, string][] = [
  ['by key', {}, 'true', 'key'],
  ['by name', { sort: 'name' }, 'true', "coalesce(name ->> 'en', name ->> 'ja')"],
  [
    'one kind, by classification',
    { kind: 'site', sort: 'classification' },
    "kind = 'site'",
    "coalesce(classification, '')",
  ],
  ['text that few have', { text: 'host-4711' }, "key = 'asset-4711'", 'key'],
  ['text that many have', { text: '資産' }, 'true', 'key'],
  ['card data, in use', { card: 'yes', use: 'in-use' }, 'card_data', 'key'],
]
for (const [name, input, filter, order] of cases) {
  const reference = await samples(15, bare(filter, order))
  const pages = await samples(15, () => answer(runtime, caller, listAssets, input))
  line(`register of ${count.toLocaleString('en')}, ${name}`, {
    'bare p99 ms': quantile(reference, 0.99),
    'page p99 ms': quantile(pages, 0.99),
    ratio: quantile(pages, 0.99) / quantile(reference, 0.99),
    'at most ms': 100,
  })
}
const first = await timed(() => answer(runtime, caller, groupedBalance, { by: 'kind' }))
const balance = await samples(5, () => answer(runtime, caller, groupedBalance, { by: 'kind' }))
line(`balance of ${count.toLocaleString('en')} by kind`, {
  'first ms': first,
  'p99 ms': quantile(balance, 0.99),
  readers,
})

/** Assets of the bench in twelve entities, each on two further up, so that the drawing has something to draw. */
async function dependencies(): Promise<void> {
  const entities = [top]
  for (let n = 1; n < 12; n++)
    entities.push(
      await execute(runtime, caller, createEntity, {
        ...{ key: `part-${n}`, parentId: top.id, kind: 'company', name: { en: `Part ${n}` }, country: null },
        ...{ memberFrom: null, memberTo: null },
      }),
    )
  const ids = `{${entities.map((one) => one.id).join(',')}}`
  await writing(database, organisationId, (tx) =>
    sql`
      with numbered as (select id, row_number() over (order by key) as n from asset)
      update asset set entity_id = (${ids}::uuid[])[1 + a.n % 12], depends_on = jsonb_build_array(b.id, c.id)
      from numbered a join numbered b on b.n = a.n / 2 + 1 join numbered c on c.n = a.n / 3 + 1
      where asset.id = a.id and a.n > 3 and b.n <> c.n`.execute(tx),
  )
  runtime.assetGraphs.clear()
}

/** The drawing of all, closed and with one group open, and where a thousand boxes of it stand. */
async function drawing(): Promise<void> {
  await dependencies()
  await answer(runtime, caller, assetGraph, { open: '-' })
  for (const [name, input] of [
    ['closed', { open: '-' }],
    ['a group open', { open: 'top,top/system' }],
    ['all open', { open: '*' }],
    ['card data', { open: '-', card: 'yes' }],
  ] as const) {
    const times: number[] = []
    for (let round = 0; round < 8; round++)
      times.push(await timed(() => answer(runtime, caller, assetGraph, input)))
    line(`drawing of ${count.toLocaleString('en')}, ${name}`, {
      'median ms': quantile(times, 0.5),
      'worst ms': Math.max(...times),
      'at most ms': 1000,
    })
  }
  const { boxes, edges } = await answer(runtime, caller, assetGraph, { open: '*' })
  const room = { width: 1120, height: 560, narrow: false }
  const layouts: number[] = []
  for (let round = 0; round < 8; round++) layouts.push(await timed(() => laidOut(boxes, edges, room)))
  line(`layout of ${boxes.length.toLocaleString('en')} boxes`, {
    lines: edges.length,
    'median ms': quantile(layouts, 0.5),
    'worst ms': Math.max(...layouts),
    'at most ms': 100,
  })
}

await drawing()

await database.close()
await server.stop()
