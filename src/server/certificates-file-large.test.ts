import { execFile } from 'node:child_process'
import { createReadStream, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromFdPromise } from 'yauzl'
import { term } from '../../tests/support/certificates.ts'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { connect } from '../db/connect.ts'
import { writing } from '../db/transaction.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../../tests/support/export-under-limit.ts', import.meta.url))
const count = 100_000
// Of the old generation. The rows alone, as text, are several times as much.
const heapMegabytes = 120

let world: World
let home: Home
const directory = temporaryDirectory('export-large')

beforeAll(async () => {
  world = await makeWorld('certificates-large')
  home = await foundHome(world)
  const scope = JSON.stringify([
    { text: { en: 'The planning of services. '.repeat(40) }, from: null, to: null },
  ])
  await writing(world.database, home.organisationId, (tx) =>
    sql`insert into certificate (organisation_id, id, version, key, kind, scheme, predecessors, holders, services, scopes, terms, events)
      select ${home.organisationId}::uuid, gen_random_uuid(), 1, 'c-' || n, 'certificate', 'iso27001', '[]', '[]', '[]',
        ${scope}::jsonb, ${JSON.stringify([term()])}::jsonb, '[]'
      from generate_series(1, ${count}) as n`.execute(tx),
  )
  // As the server does by itself after so many rows: without it every page would be sorted anew.
  const owner = connect(world.config, { role: null, max: 1 })
  await sql`analyze certificate`.execute(owner.kysely)
  await owner.close()
}, 120_000)
afterAll(async () => {
  await world.close()
  directory.remove()
})

async function exported(format: string): Promise<string> {
  const file = join(directory.path, `certificates.${format}`)
  const said = await run(process.execPath, [
    `--max-old-space-size=${heapMegabytes}`,
    script,
    JSON.stringify(world.config),
    home.organisationId,
    format,
    file,
  ])
  expect(said.stdout).toBe('sent\n')
  return file
}

it('a hundred thousand certificates are sent as CSV in a small heap', { timeout: 600_000 }, async () => {
  const file = await exported('csv')
  expect(statSync(file).size).toBeGreaterThan(heapMegabytes * 1024 * 1024)
  const keys = new Set<string>()
  for await (const line of createInterface({ input: createReadStream(file) }))
    keys.add(line.split(',')[0] ?? '')
  expect(keys.size).toBe(count + 1)
})

it('and as a workbook whose last row is the last certificate', { timeout: 600_000 }, async () => {
  const file = await exported('xlsx')
  const zip = await fromFdPromise(openSync(file, 'r'), { lazyEntries: true })
  const sizes = new Map<string, number>()
  let end = ''
  for await (const entry of zip.eachEntry()) {
    sizes.set(entry.fileName, entry.uncompressedSize)
    if (entry.fileName !== 'xl/worksheets/sheet1.xml') continue
    for await (const part of await zip.openReadStreamPromise(entry)) end = (end + String(part)).slice(-20_000)
  }
  expect(sizes.get('xl/worksheets/sheet1.xml')).toBeGreaterThan(heapMegabytes * 1024 * 1024)
  expect(end).toContain(`<row r="${count + 1}">`)
  expect(end.endsWith('</row></sheetData></worksheet>')).toBe(true)
})
