// The papers of the ISMS, from the demo: the statement of applicability on any day, against bare reads of the records that
// it is made of; a Japanese report of 100 pages, against a page of the same report; and each report as screen and files.
// node bench/reports.ts [rounds]
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { applicationRole, connect } from '../src/db/connect.ts'
import { reading } from '../src/db/transaction.ts'
import { loadCatalogue } from '../src/frameworks/server/load.ts'
import { column, numbers } from '../src/reports/content/parts.ts'
import { type Report, reportKinds } from '../src/reports/report.ts'
import { PdfPress } from '../src/reports/server/pdf.ts'
import { getReport } from '../src/reports/server/queries.ts'
import { workbookOf } from '../src/reports/server/xlsx.ts'
import { loadDemo } from '../src/server/demo.ts'
import { answer } from '../src/server/execute.ts'
import { permissionMatrix } from '../src/server/nouns.ts'
import type { Runtime } from '../src/server/runtime.ts'
import { systemCaller } from '../src/server/system-caller.ts'
import { getStatement, listStatements } from '../src/soa/server/queries.ts'
import { memoryObjects } from '../tests/support/memory-objects.ts'
import { pdfText } from '../tests/support/pdf.ts'
import { benchServer, line, quantile } from './support/server.ts'

const [rounds = 15] = process.argv.slice(2).map(Number)

async function samples(work: (round: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    await work(round)
    times.push(performance.now() - began)
  }
  return times
}

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
  frames: new Map(),
  beacon: () => '',
  appended: async () => undefined,
}
const directory = fileURLToPath(new URL('../demo/', import.meta.url))
const organisationId = await loadDemo(runtime, { directory, accountFor: async (_, email) => email })
if (organisationId === null) throw new Error('the demo was not loaded')
const on = (asOf: string) => ({ ...systemCaller(organisationId), asOf })

const bare = await samples(() =>
  reading(database, organisationId, async (tx) => {
    for (const table of ['control', 'implementation', 'risk', 'obligation', 'applicability'])
      await sql`select * from ${sql.table(table)}`.execute(tx)
  }),
)
const today = '2023-07-31'
const { items } = await answer(runtime, on(today), listStatements, {})
const days = ['2021-09-30', '2022-03-31', '2022-12-31', '2023-03-31', today]
for (const { programmeId, programmeName } of items) {
  const ask = (day: string) => answer(runtime, on(day), getStatement, { id: programmeId })
  const { rows } = await ask(today)
  const links = rows.reduce(
    (sum, row) => sum + row.controls.length + row.risks.length + row.evidenceIds.length,
    0,
  )
  const times = await samples((round) => ask(days[round % days.length] ?? today))
  line(`${programmeName.en}: statement of ${rows.length}`, {
    links,
    'bare reads ms': quantile(bare, 0.5),
    'median ms': quantile(times, 0.5),
    'worst ms': Math.max(...times),
    ratio: quantile(times, 0.5) / quantile(bare, 0.5),
    'at most ms': 300,
  })
}

const press = new PdfPress()
/** A register as long as it takes, in Japanese, each row unlike the others. */
const register = (count: number): Report => ({
  ...{ kind: 'asset-register', language: 'ja', title: '情報資産台帳', organisation: '株式会社見本' },
  ...{ subject: `情報資産 ${count} 件`, version: null, asOf: today, knownAt: null, integrity: 1 },
  landscape: true,
  blocks: [
    {
      ...{ kind: 'table', key: 'assets', title: '情報資産', empty: 'なし' },
      columns: [
        column('code', '番号'),
        column('name', '名称', 3),
        column('owner', '所有者', 2),
        numbers('value', '価値'),
      ],
      rows: Array.from({ length: count }, (_, at) => [
        `A-${String(at + 1).padStart(4, '0')}`,
        `利用者の連絡先と契約の記録（${at + 1} 番目の事業所、保存期間 ${1 + (at % 10)} 年、暗号化して保管）`,
        `${['山田', '佐藤', '鈴木', '髙橋'][at % 4]} ${['太郎', '花子', '健一'][at % 3]}`,
        1 + (at % 4),
      ]),
    },
  ],
})
await press.print(register(1))
const page = await samples(() => press.print(register(20)))
for (let count = 2500; ; count += 500) {
  const { pages } = await pdfText(await press.print(register(count)))
  if (pages < 100) continue
  // Another row each time: nothing is kept of the one before.
  const times = await samples((round) => press.print(register(count + round)))
  line(`PDF of ${pages} pages in Japanese`, {
    'one page ms': quantile(page, 0.5),
    'median ms': quantile(times, 0.5),
    'worst ms': Math.max(...times),
    'ratio to as many single pages': quantile(times, 0.5) / (pages * quantile(page, 0.5)),
    'at most ms': 5000,
  })
  break
}

const programmeId = items[0]?.programmeId
for (const kind of reportKinds) {
  const input = { kind, language: 'ja', ...(programmeId === undefined ? {} : { programme: programmeId }) }
  const { report } = await answer(runtime, on(today), getReport, input)
  const screen = await samples(() => answer(runtime, on(today), getReport, input))
  const pdf = await samples(() => press.print(report))
  const workbook = await samples(() => workbookOf(report))
  line(`report: ${kind}`, {
    'screen ms': quantile(screen, 0.5),
    'PDF ms': quantile(pdf, 0.5),
    'XLSX ms': quantile(workbook, 0.5),
  })
}
await press.close()
await database.close()
await server.stop()
