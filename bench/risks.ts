// Risks: 100,000 simulated years against the bare drawing of as many numbers, and pages of the register, the map and the
// treatment plan at 20 readers at once. node bench/risks.ts [risks]
import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { applicationRole, connect } from '../src/db/connect.ts'
import { reading, writing } from '../src/db/transaction.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import { createEntity } from '../src/organisation/server/commands.ts'
import { foundOrganisation } from '../src/organisation/server/found.ts'
import { normalFrom, uniformFrom } from '../src/risks/random.ts'
import { listRisks } from '../src/risks/server/list-queries.ts'
import { mapRisks } from '../src/risks/server/map-queries.ts'
import { approveMethod, draftMethod } from '../src/risks/server/method-commands.ts'
import { treatmentPlan } from '../src/risks/server/plan-queries.ts'
import { simulate } from '../src/risks/simulation.ts'
import { startingMethod } from '../src/risks/starting-method.ts'
import { answer, execute } from '../src/server/execute.ts'
import { permissionMatrix } from '../src/server/nouns.ts'
import type { Caller, Runtime } from '../src/server/runtime.ts'
import { memoryObjects } from '../tests/support/memory-objects.ts'
import { benchServer, line, quantile } from './support/server.ts'

const [count = 1000] = process.argv.slice(2).map(Number)

const timed = async (work: () => unknown): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function simulations(): Promise<void> {
  const estimates = {
    'once in two years': { low: 0.1, high: 2 },
    'several a year': { low: 1, high: 12 },
    'the most that is summed one by one': { low: 22, high: 30 },
  }
  for (const [name, frequency] of Object.entries(estimates)) {
    const estimate = { frequency, loss: { low: 1e6, high: 4e7 }, trials: 100_000, seed: 1 }
    const expected = Math.sqrt(frequency.low * frequency.high)
    // The least that has to be done: as many normal numbers and their exponentials.
    const reference: number[] = []
    const whole: number[] = []
    for (let round = 0; round < 7; round++) {
      reference.push(
        await timed(() => {
          const normal = normalFrom(uniformFrom(round))
          let sum = 0
          for (let draw = 0; draw < 100_000 * (1 + expected); draw++) sum += Math.exp(normal())
          return sum
        }),
      )
      whole.push(await timed(() => simulate({ ...estimate, seed: round })))
    }
    const [one, again] = [simulate(estimate), simulate(estimate)].map((found) => JSON.stringify(found))
    line(`100,000 years, ${name}`, {
      'bare draws ms': quantile(reference, 0.5),
      'median ms': quantile(whole, 0.5),
      'worst ms': Math.max(...whole),
      ratio: quantile(whole, 0.5) / quantile(reference, 0.5),
      'at most ms': 200,
      'equal for equal seeds': String(one === again),
    })
  }
}

await simulations()

const server = await benchServer()
const database = connect(server.connection, { role: applicationRole })
const runtime: Runtime = {
  database,
  objects: memoryObjects(),
  clock: { now: () => new Date('2023-07-31T03:00:00Z') },
  random: (length) => new Uint8Array(randomBytes(length)),
  matrix: permissionMatrix(),
  catalogue: loadCatalogue(fileURLToPath(new URL('../frameworks', import.meta.url))),
  postures: new Map(),
  assetGraphs: new Map(),
  heldRisks: new Map(),
  counts: new Map(),
  beacon: () => '',
  appended: async () => undefined,
}
const organisationId = randomUUID()
const callerAs = (kind: 'system' | 'person'): Caller => ({
  actor: {
    ...{ kind, id: kind === 'system' ? null : randomUUID(), name: 'Bench', organisationId },
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
const method = await execute(runtime, caller, draftMethod, { ...startingMethod, effectiveFrom: '2020-01-01' })
await execute(runtime, callerAs('person'), approveMethod, { id: method.id, version: 1 })

/** By SQL, past commands and log: what is measured is reading. Three assessments, a treatment and four actions each. */
await writing(database, organisationId, (tx) =>
  sql`
    insert into risk (organisation_id, id, version, code, name, scenario, approach, affects, entity_id, service_ids,
      asset_ids, issue_ids, obligation_ids, identified_on, assessments, treatments, actions, reviews, reopened)
    select ${organisationId}::uuid, gen_random_uuid(), 1, 'R-' || lpad(n::text, 4, '0'),
      jsonb_build_object('en', 'Risk ' || n, 'ja', 'リスク ' || n),
      jsonb_build_object('en', repeat('What happens, from what, to which effect. ', 8)), 'event',
      '["confidentiality"]', ${top.id}::uuid, '[]', '[]', '[]', '[]', '2021-01-01',
      (select jsonb_agg(jsonb_build_object('on', (2020 + k) || '-0' || (1 + n % 9) || '-01', 'methodId', ${method.id}::text,
        'inherent', jsonb_build_object('likelihood', 4, 'consequence', n % 5),
        'current', jsonb_build_object('likelihood', (n + k) % 4, 'consequence', n % 5),
        'residual', jsonb_build_object('likelihood', n % 3, 'consequence', n % 4),
        'rationale', repeat('Judged in a session. ', 5), 'exception', null, 'personId', null) order by k)
        from generate_series(1, 3) as k),
      jsonb_build_array(jsonb_build_object('from', '2021-02-01', 'option', 'modify', 'why',
        jsonb_build_object('en', 'Too high'), 'controlIds', '[]'::jsonb)),
      (select jsonb_agg(jsonb_build_object('key', 'a' || k, 'name', jsonb_build_object('en', 'Action ' || k),
        'ownerId', null, 'plannedOn', '2021-02-01', 'dueOn', (2022 + k % 3) || '-06-30',
        'doneOn', case when k < 3 then '2022-05-01' end, 'dropped', null,
        'cost', jsonb_build_object('amount', 1000 * n, 'currency', 'JPY'), 'controlId', null) order by k)
        from generate_series(1, 4) as k), '[]', '[]'
    from generate_series(1, ${count}) as n`.execute(tx),
)
await sql`analyze`.execute(connect(server.connection, { role: null, max: 1 }).kysely)

const readers = 20
/** Each reader asks again and again, as often as all of them do; the samples of all. */
async function samples(work: () => Promise<unknown>): Promise<number[]> {
  for (let warm = 0; warm < 5; warm++) await work()
  const times: number[] = []
  await Promise.all(
    Array.from({ length: readers }, async () => {
      for (let round = 0; round < 12; round++) times.push(await timed(work))
    }),
  )
  return times
}

const bare = () =>
  reading(database, organisationId, (tx) => sql`select * from risk order by code limit 51`.execute(tx))

const cases: [string, () => Promise<unknown>][] = [
  ['by code', () => answer(runtime, caller, listRisks, {})],
  ['by level', () => answer(runtime, caller, listRisks, { sort: 'level', order: 'desc' })],
  ['in one state', () => answer(runtime, caller, listRisks, { state: 'treating' })],
  ['of one band', () => answer(runtime, caller, listRisks, { band: 'moderate' })],
  ['heat map since a year', () => answer(runtime, caller, mapRisks, { from: '2022-07-31' })],
  ['treatment plan', () => answer(runtime, caller, treatmentPlan, { state: 'all' })],
]
for (const [name, work] of cases) {
  const reference = await samples(bare)
  const pages = await samples(work)
  line(`${count.toLocaleString('en')} risks, ${name}`, {
    'bare page p99 ms': quantile(reference, 0.99),
    'median ms': quantile(pages, 0.5),
    'p99 ms': quantile(pages, 0.99),
    ratio: quantile(pages, 0.99) / quantile(reference, 0.99),
    'at most ms': 100,
  })
}

await database.close()
await server.stop()
