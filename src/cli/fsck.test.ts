import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CliWorld, makeCliWorld } from '../../tests/support/cli.ts'

let world: CliWorld

beforeAll(async () => {
  world = await makeCliWorld('fsck-cli')
})
afterAll(() => world.close())

describe('assay fsck', () => {
  it('says that nothing is wrong, and what it has looked at', async () => {
    expect(await world.run('fsck')).toEqual({
      code: 0,
      text: `${world.home.organisationId}: 2 entries, 1 checkpoints, 2 published files, 2 records, 0 objects: nothing is wrong.`,
    })
  })

  it('names a record that was never logged and the object that it lacks', async () => {
    const client = new pg.Client({ ...(world.database.pool.options as object), options: '' })
    await client.connect()
    await client.query(
      `insert into overlay (organisation_id, id, version, edition_key, language, licence_holder, digest, texts, removed)
       values ($1, gen_random_uuid(), 1, 'an-edition', 'en', 'Nobody', $2, 1, false)`,
      [world.home.organisationId, 'ab'.repeat(32)],
    )
    await client.end()
    const { code, text } = await world.run('fsck')
    expect(code).toBe(1)
    expect(text).toMatch(/record_unlogged: overlay [0-9a-f-]+ is in its table and not in the log/)
    expect(text).toMatch(/object_missing: overlay [0-9a-f-]+ refers to (ab){32}/)
  })
})
