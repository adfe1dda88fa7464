import { readFile, rm, writeFile } from 'node:fs/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCheckpoint, parseStrict, parseVerifierKey } from '#tlog'
import { temporaryDirectory } from '../../../tests/support/directory.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { execute } from '../../server/execute.ts'
import { recordTypes } from '../../server/nouns.ts'
import { fsck } from './fsck.ts'
import { createSealer } from './seal.ts'
import { keyPath } from './signer.ts'
import { logDirectory, tileStore } from './store.ts'
import { beginSuccessor, type SuccessorStep, successorSteps } from './successor.ts'

let world: World
let home: Home
let directory: ReturnType<typeof temporaryDirectory>

const parts = (after?: (step: SuccessorStep) => void) => ({
  database: world.database,
  clock: world.clock,
  random: world.runtime.random,
  directory: directory.path,
  ...(after ? { after } : {}),
})
const newSealer = () => createSealer({ ...parts(), log: () => undefined })
const store = () => tileStore(directory.path, home.organisationId)
const published = async () => (await store().checkpoint()) ?? ''

beforeEach(async () => {
  world = await makeWorld('successor')
  home = await foundHome(world)
  directory = temporaryDirectory('successor')
  await newSealer().sealNow(home.organisationId)
  await change('kept')
  await newSealer().sealNow(home.organisationId)
})
afterEach(async () => {
  await world.close()
  directory.remove()
})

const change = (key: string) =>
  execute(world.runtime, home.manager, createEntity, {
    key,
    parentId: home.root.id,
    kind: 'site',
    name: { en: key },
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  })

/** As the database's administrator, who is above the rights of the application's role. */
const asAdministrator = async (statement: string) => {
  const client = new pg.Client({ ...(world.database.pool.options as object), options: '' })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** What restoring a backup of the database from before the last entry leaves: everything else remembers more. */
const loseTheLastEntry = async () => {
  await change('lost')
  await newSealer().sealNow(home.organisationId)
  await asAdministrator(
    `delete from log_entry where idx = 3; delete from log_checkpoint where size = 4;
     update log_head set size = 3; delete from entity where key = 'lost'`,
  )
}

const forgeTheSignedRoot = async () => {
  const path = `${keyPath(directory.path, home.organisationId)}.last`
  const last = parseStrict(await readFile(path, 'utf8')) as { size: number; root: string }
  await writeFile(path, JSON.stringify({ ...last, root: Buffer.alloc(32, 1).toString('base64') }))
}

const start = async () => {
  const sealer = newSealer()
  await sealer.start()
  await sealer.stop()
}

const findings = async () =>
  (await fsck({ ...parts(), organisationId: home.organisationId, recordTypes })).findings

describe('a log that cannot go on', () => {
  it('is frozen when another root was signed for its size, and free again when that is set right', async () => {
    const path = `${keyPath(directory.path, home.organisationId)}.last`
    const right = await readFile(path, 'utf8')
    await forgeTheSignedRoot()
    await start()
    await expect(change('more')).rejects.toMatchObject({ code: 'log.forked', params: { size: 3 } })
    await writeFile(path, right)
    await start()
    await change('more')
    expect(await newSealer().sealNow(home.organisationId)).toMatchObject({ size: 4 })
  })

  it('is frozen when its entries lead elsewhere, as soon as it is sealed', async () => {
    await change('more')
    await asAdministrator(`update log_entry set leaf = replace(leaf, '"n":"1"', '"n":"2"') where idx = 2`)
    // From published tiles the sealer would go on without reading the entry again.
    await rm(logDirectory(directory.path, home.organisationId), { recursive: true })
    const refused = newSealer().sealNow(home.organisationId)
    await expect(refused).rejects.toThrow('do not lead to the root')
    await expect(change('refused')).rejects.toMatchObject({ code: 'log.forked' })
  })
})

describe('a successor log', () => {
  it('is refused for a log that is sound', async () => {
    await expect(beginSuccessor(parts(), home.organisationId, 'no need')).rejects.toThrow('is sound')
  })

  it('takes over what is there and names what was lost', async () => {
    await loseTheLastEntry()
    await start()
    await expect(change('refused')).rejects.toMatchObject({ code: 'log.frozen' })
    const before = await published()
    const result = await beginSuccessor(parts(), home.organisationId, 'The backup of the night was restored')
    const { predecessor, origin, index } = result
    expect(index).toBe(3)
    expect(origin).toBe(`${predecessor.origin}/successor-1`)
    expect(predecessor).toMatchObject({ size: 4, note: before, lostFrom: 3, lostTo: 4, forkedAt: null })
    await openCheckpoint(before, [parseVerifierKey(predecessor.vkey)])
    expect((await published()).split('\n').slice(0, 2)).toEqual([origin, '4'])
    // What outsiders have of the predecessor can still be read.
    const aside = `${logDirectory(directory.path, home.organisationId)}.before-1`
    expect(await readFile(`${aside}/checkpoint`, 'utf8')).toBe(before)
    await start()
    await change('after')
    await newSealer().sealNow(home.organisationId)
    expect(await findings()).toEqual([])
  })

  it('begins after a fork as well', async () => {
    await forgeTheSignedRoot()
    await start()
    const { predecessor } = await beginSuccessor(parts(), home.organisationId, 'Two histories')
    expect(predecessor).toMatchObject({ size: 3, forkedAt: 3, lostFrom: null })
    await change('after')
    await newSealer().sealNow(home.organisationId)
    expect(await findings()).toEqual([])
  })

  it.each(successorSteps)('goes on after being killed at "%s"', async (step) => {
    await loseTheLastEntry()
    await start()
    const killed = parts((now) => {
      if (now === step) throw new Error('killed')
    })
    await expect(beginSuccessor(killed, home.organisationId, 'Restored')).rejects.toThrow('killed')
    if (step === 'sealed')
      await expect(beginSuccessor(parts(), home.organisationId, 'Restored')).rejects.toThrow('is sound')
    else expect(await beginSuccessor(parts(), home.organisationId, 'Restored')).toMatchObject({ index: 3 })
    await change('after')
    expect(await newSealer().sealNow(home.organisationId)).toMatchObject({ size: 5 })
    expect(await findings()).toEqual([])
  })
})
