import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  leafHash,
  merkleRoot,
  openCheckpoint,
  parseVerifierKey,
  rootFromTiles,
  tilePath,
  tilesForRoot,
} from '#tlog'
import { temporaryDirectory } from '../../../tests/support/directory.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { writing } from '../../db/transaction.ts'
import { createEntity } from '../../organisation/server/commands.ts'
import { execute } from '../../server/execute.ts'
import { createSealer, type Sealer } from './seal.ts'
import { type SealStep, sealOnce, sealSteps } from './seal-once.ts'
import { openSigner } from './signer.ts'
import { tileStore } from './store.ts'

let world: World
let home: Home
let directory: ReturnType<typeof temporaryDirectory>
let sealer: Sealer
let lines: Record<string, unknown>[]

const newSealer = () =>
  createSealer({
    database: world.database,
    clock: world.clock,
    random: world.runtime.random,
    directory: directory.path,
    log: (line) => lines.push(line),
  })

beforeEach(async () => {
  world = await makeWorld('seal')
  home = await foundHome(world)
  directory = temporaryDirectory('seal')
  lines = []
  sealer = newSealer()
})
afterEach(async () => {
  await sealer.stop()
  await world.close()
  directory.remove()
})

let counter = 0
const appendSome = async (count: number) => {
  for (let i = 0; i < count; i++) {
    await execute(world.runtime, home.manager, createEntity, {
      key: `entity-${++counter}`,
      parentId: home.root.id,
      kind: 'site',
      name: { en: `Entity ${counter}` },
      country: 'JP',
      memberFrom: null,
      memberTo: null,
    })
  }
}

const leaves = () =>
  writing(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logEntry').select('leaf').orderBy('idx').execute(),
  )
const checkpoints = () =>
  writing(world.database, home.organisationId, (tx) =>
    tx.selectFrom('logCheckpoint').selectAll().orderBy('size').execute(),
  )

/** The published log read as a stranger would: note by public key, root from tiles, tiles from leaves. */
async function expectPublished(size: number) {
  const store = tileStore(directory.path, home.organisationId)
  const { vkey } = await sealer.signer(home.organisationId)
  const { checkpoint } = await openCheckpoint((await store.checkpoint()) ?? '', [parseVerifierKey(vkey)])
  expect(checkpoint).toMatchObject({ origin: `assay.log/${home.organisationId}`, size })
  const hashes = (await leaves()).slice(0, size).map((row) => leafHash(Buffer.from(row.leaf)))
  expect(checkpoint.root).toEqual(merkleRoot(hashes))
  const tiles = new Map<string, Uint8Array>()
  for (const tile of tilesForRoot(size))
    tiles.set(tilePath(tile), (await store.read(tile)) ?? new Uint8Array())
  expect(rootFromTiles(size, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array())).toEqual(
    checkpoint.root,
  )
}

describe('sealing', () => {
  it('signs what was committed and publishes it so that a stranger can check it', async () => {
    const sealed = await sealer.sealNow(home.organisationId)
    expect(sealed?.size).toBe(2)
    await expectPublished(2)
    expect(sealer.beacon(home.organisationId)).toMatch(/^2:[0-9a-f]{16}$/)
  })

  it('goes on from tiles, across tile borders, at any step size', async () => {
    for (const more of [1, 253, 1, 1, 40]) {
      await appendSome(more)
      await sealer.sealNow(home.organisationId)
    }
    await expectPublished(298)
    expect((await checkpoints()).map((row) => row.size)).toEqual([3, 256, 257, 258, 298])
  })

  it('shares one seal among callers at once, and each finds its entry sealed', async () => {
    const sizes = await Promise.all(
      Array.from({ length: 6 }, async () => {
        await appendSome(1)
        return (await sealer.sealNow(home.organisationId))?.size
      }),
    )
    expect(Math.max(...sizes.map((size) => size ?? 0))).toBe(8)
    expect((await checkpoints()).length).toBeLessThanOrEqual(6)
    await expectPublished(8)
  })

  it('makes no checkpoint when nothing was appended', async () => {
    await sealer.sealNow(home.organisationId)
    await sealer.sealNow(home.organisationId)
    expect(await checkpoints()).toHaveLength(1)
  })

  it('keeps its key from other users of the machine', async () => {
    await sealer.sealNow(home.organisationId)
    const path = join(directory.path, 'keys', `log-${home.organisationId}.key`)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readFile(path, 'utf8')).toMatch(/^PRIVATE\+KEY\+assay\.log\//)
  })

  it('lets two sealers work at once without harm', async () => {
    const other = newSealer()
    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        await appendSome(1)
        await (index % 2 ? sealer : other).sealNow(home.organisationId).catch(() => null)
      }),
    )
    await sealer.sealNow(home.organisationId)
    await expectPublished(10)
  })
})

describe('a crash', () => {
  for (const step of sealSteps) {
    it(`after "${step}" is repaired by the next seal`, async () => {
      await sealer.sealNow(home.organisationId)
      await appendSome(2)
      const parts = {
        database: world.database,
        clock: world.clock,
        signer: await openSigner(
          directory.path,
          home.organisationId,
          `assay.log/${home.organisationId}`,
          world.runtime.random,
        ),
        store: tileStore(directory.path, home.organisationId),
      }
      const crash = (at: SealStep) => {
        if (at === step) throw new Error('power cut')
      }
      await expect(sealOnce({ ...parts, after: crash }, home.organisationId)).rejects.toThrow('power cut')
      await appendSome(1)
      sealer = newSealer()
      await sealer.start()
      await sealer.sealNow(home.organisationId)
      await expectPublished(5)
      expect(lines).toEqual([])
    })
  }

  it('that lost the whole published directory is repaired from the database', async () => {
    await appendSome(3)
    await sealer.sealNow(home.organisationId)
    await rm(join(directory.path, 'log'), { recursive: true })
    await sealer.sealNow(home.organisationId)
    await expectPublished(5)
  })
})

describe('what contradicts the past', () => {
  const asOwner = async (statement: string) => {
    // As the database's administrator, who is above the rights of the application's role.
    const client = new pg.Client({ ...(world.database.pool.options as object), options: '' })
    await client.connect()
    await client.query(statement)
    await client.end()
  }

  it('is not signed: an entry changed between a checkpoint and its publication', async () => {
    await sealer.sealNow(home.organisationId)
    await appendSome(1)
    await asOwner(`update log_entry set leaf = replace(leaf, '"v":1', '"v":2') where idx = 1`)
    await rm(join(directory.path, 'log'), { recursive: true })
    await expect(sealer.sealNow(home.organisationId)).rejects.toThrow(/do not lead to the root/)
    expect(await checkpoints()).toHaveLength(1)
  })

  it('is not published over: a tile that somebody changed', async () => {
    await sealer.sealNow(home.organisationId)
    const store = tileStore(directory.path, home.organisationId)
    const path = store.path({ level: 0, index: 0, width: 2 })
    const content = await readFile(path)
    content[0] = (content[0] ?? 0) ^ 1
    await writeFile(path, content)
    await appendSome(1)
    await expect(sealer.sealNow(home.organisationId)).rejects.toThrow(/root/)
  })

  it('stops the sealing and not the start: a published checkpoint that somebody damaged', async () => {
    await sealer.sealNow(home.organisationId)
    await writeFile(join(directory.path, 'log', home.organisationId, 'checkpoint'), 'damaged')
    await sealer.stop()
    sealer = newSealer()
    await sealer.start()
    expect(lines[0]).toMatchObject({ event: 'seal_failed', organisation: home.organisationId })
    await appendSome(1)
    await expect(sealer.sealNow(home.organisationId)).rejects.toThrow()
  })

  it('freezes the log when an old backup was restored, and says which entries are lost', async () => {
    await appendSome(3)
    await sealer.sealNow(home.organisationId)
    await asOwner(
      `delete from log_checkpoint; delete from log_entry where idx >= 3; update log_head set size = 3;`,
    )
    await sealer.stop()
    sealer = newSealer()
    await sealer.start()
    expect(lines).toContainEqual(expect.objectContaining({ event: 'log_frozen', from: 3, to: 5 }))
    await expect(appendSome(1)).rejects.toMatchObject({ code: 'log.frozen', params: { from: 3, to: 4 } })
    expect((await leaves()).length).toBe(3)
  })

  it('refuses a checkpoint of a smaller size in the database itself', async () => {
    await appendSome(3)
    await sealer.sealNow(home.organisationId)
    await expect(
      writing(world.database, home.organisationId, (tx) =>
        tx
          .insertInto('logCheckpoint')
          .values({
            organisationId: home.organisationId,
            size: 4,
            root: '',
            note: '',
            sealedAt: '2023-07-31T00:00:00Z',
          })
          .execute(),
      ),
    ).rejects.toThrow(/exists already beyond/)
  })
})
