import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { createSealer } from '../log/server/seal.ts'
import { main } from './main.ts'

let world: World
let home: Home
let directory: ReturnType<typeof temporaryDirectory>
let url: string

beforeAll(async () => {
  world = await makeWorld('fsck-cli')
  home = await foundHome(world)
  directory = temporaryDirectory('fsck-cli')
  const { database, clock, runtime } = world
  const parts = { database, clock, random: runtime.random, directory: directory.path, log: () => undefined }
  await createSealer(parts).sealNow(home.organisationId)
  const { host = '', port, user, database: name, password } = database.pool.options
  const secret = password ? `:${password}` : ''
  url = `postgresql://${user}${secret}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
})
afterAll(async () => {
  await world.close()
  directory.remove()
})

async function run(...words: string[]) {
  const lines: string[] = []
  const say = (line: string) => lines.push(line)
  const code = await main(words, {
    env: { ASSAY_DATA: directory.path, DATABASE_URL: url },
    out: say,
    fail: say,
    fetch,
  })
  return { code, text: lines.join('\n') }
}

describe('assay fsck', () => {
  it('says that nothing is wrong, and what it has looked at', async () => {
    expect(await run('fsck')).toEqual({
      code: 0,
      text: `${home.organisationId}: 2 entries, 1 checkpoints, 2 published files, 2 records, 0 objects: nothing is wrong.`,
    })
  })

  it('names a record that was never logged and the object that it lacks', async () => {
    const client = new pg.Client({ ...(world.database.pool.options as object), options: '' })
    await client.connect()
    await client.query(
      `insert into overlay (organisation_id, id, version, edition_key, language, licence_holder, digest, texts, removed)
       values ($1, gen_random_uuid(), 1, 'an-edition', 'en', 'Nobody', $2, 1, false)`,
      [home.organisationId, 'ab'.repeat(32)],
    )
    await client.end()
    const { code, text } = await run('fsck')
    expect(code).toBe(1)
    expect(text).toMatch(/record_unlogged: overlay [0-9a-f-]+ is in its table and not in the log/)
    expect(text).toMatch(/object_missing: overlay [0-9a-f-]+ refers to (ab){32}/)
  })
})
