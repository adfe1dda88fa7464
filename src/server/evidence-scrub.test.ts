import { readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { itemInput, sentFile } from '../../tests/support/evidence.ts'
import { foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { diskObjects } from '../adapters/disk.ts'
import { writing } from '../db/transaction.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { addEvidence } from '../evidence/server/commands.ts'
import { listFiles } from '../evidence/server/files.ts'
import { disposeEvidence, retainEvidence, withdrawEvidence } from '../evidence/server/keeping-commands.ts'
import { newId } from '../kernel/id.ts'
import { expireEvidenceUploads, expireUploads, reconcile } from './evidence-reconcile.ts'
import { scrub } from './evidence-scrub.ts'
import { answer, execute } from './execute.ts'

const directory = temporaryDirectory('evidence-scrub')
let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('evidence-scrub', { objects: diskObjects(directory.path) })
  home = await foundHome(world)
})
afterAll(async () => {
  await world.close()
  directory.remove()
})

const pathOf = (digest: string) => join(directory.path, digest.slice(0, 2), digest.slice(2, 4), digest)

async function added(content: string, name: string): Promise<Evidence> {
  const file = await sentFile(world, home.manager, content, name)
  return execute(world.runtime, home.manager, addEvidence, { ...itemInput(home), files: [file.id] })
}

const digestOf = (one: Evidence): string => one.files[0]?.digest ?? ''

async function* only(text: string) {
  yield Buffer.from(text)
}

/** Makes an object look as if it had been stored two days ago. */
const aged = (digest: string) => utimes(pathOf(digest), world.clock.now(), new Date('2023-07-29T02:00:00Z'))

it('a scrub reads every object and names the evidence and file that rot', async () => {
  const [sound, flipped, lost] = [
    await added('sound', 'sound.txt'),
    await added('will be flipped', 'flipped.txt'),
    await added('will be lost', 'lost.txt'),
  ]
  expect(await scrub(world.runtime)).toEqual({
    objects: 3,
    bytes: [sound, flipped, lost].reduce((sum, one) => sum + (one.files[0]?.size ?? 0), 0),
    rot: [],
    unnamed: 0,
  })
  const bytes = await readFile(pathOf(digestOf(flipped)))
  bytes[3] = (bytes[3] ?? 0) ^ 1
  await writeFile(pathOf(digestOf(flipped)), bytes)
  await rm(pathOf(digestOf(lost)))
  const seen: number[] = []
  const { rot } = await scrub(world.runtime, (done) => seen.push(done))
  expect(rot.map(({ what, file, title, by }) => [what, file, title, by]).sort()).toEqual([
    ['damaged', 'flipped.txt', 'Access review', `evidence ${flipped.id}`],
    ['missing', 'lost.txt', 'Access review', `evidence ${lost.id}`],
  ])
  expect(seen).toEqual([1, 2, 3])
  const report = await reconcile(world.runtime, { remove: false })
  expect(report.missing).toEqual([{ digest: digestOf(lost), by: `evidence ${lost.id}` }])
})

it('a scrub reads shared bytes once, and tells every organisation of its own items and of no other’s', async () => {
  const other = await foundHome(world, 'Other Corporation', 'other')
  const [here, there] = [
    await added('held by two', 'here.txt'),
    await sentFile(world, other.manager, 'held by two', 'there.txt'),
  ]
  const theirs = await execute(world.runtime, other.manager, addEvidence, {
    ...itemInput(other, { title: 'Theirs' }),
    files: [there.id],
  })
  const digest = digestOf(here)
  const mine = ({ rot }: Awaited<ReturnType<typeof scrub>>) => rot.filter((one) => one.digest === digest)
  let reads = 0
  const { objects } = world.runtime
  const counting = {
    ...objects,
    read: (asked: string) => {
      if (asked === digest) reads += 1
      return objects.read(asked)
    },
  }
  await rm(pathOf(digest))
  const found = mine(await scrub({ ...world.runtime, objects: counting }))
  expect(reads).toBe(1)
  expect(
    found.map(({ organisationId, by, title, file }) => [organisationId, by, title, file]).sort(),
  ).toEqual(
    [
      [home.organisationId, `evidence ${here.id}`, 'Access review', 'here.txt'],
      [other.organisationId, `evidence ${theirs.id}`, 'Theirs', 'there.txt'],
    ].sort(),
  )
  // Who needs it no more hears nothing.
  await execute(world.runtime, other.owner, withdrawEvidence, {
    id: theirs.id,
    version: 1,
    reason: 'Sent twice',
  })
  await execute(world.runtime, other.owner, retainEvidence, {
    id: theirs.id,
    version: 2,
    retainUntil: '2023-07-01',
    reason: 'Nobody needs it',
  })
  await execute(world.runtime, other.owner, disposeEvidence, {
    id: theirs.id,
    version: 3,
    basis: 'The plan of retention',
  })
  expect(mine(await scrub(world.runtime)).map(({ organisationId }) => organisationId)).toEqual([
    home.organisationId,
  ])
  await objects.put(only('held by two'), 1000)
})

it('a scrub of a store that is gone names the first thousand and counts the rest', async () => {
  const before = await scrub(world.runtime)
  expect(before.unnamed).toBe(0)
  const many = await foundHome(world, 'Many', 'many')
  const digests = Array.from({ length: 1003 }, (_, at) => at.toString(16).padStart(64, '0'))
  const files = digests.map((digest, at) => ({
    id: newId(world.runtime.random),
    name: `${at}.txt`,
    mediaType: 'text/plain',
    size: 1,
    digest,
    cardNumbers: 'clean' as const,
    notInspected: [],
  }))
  const one = await sentFile(world, many.manager)
  const first = await execute(world.runtime, many.manager, addEvidence, {
    ...itemInput(many),
    files: [one.id],
  })
  await writing(world.database, many.organisationId, (tx) =>
    sql`update evidence set files = ${JSON.stringify(files)}::jsonb where id = ${first.id}::uuid`.execute(tx),
  )
  const after = await scrub(world.runtime)
  expect(after.rot.length).toBe(1000)
  expect(after.unnamed).toBe(before.rot.length + 3)
  await writing(world.database, many.organisationId, (tx) =>
    sql`update evidence set files = ${JSON.stringify(first.files)}::jsonb where id = ${first.id}::uuid`.execute(
      tx,
    ),
  )
})

it('reconciliation finds what nobody needs after a day, and leaves what is on its way', async () => {
  const { objects } = world.runtime
  const waiting = await sentFile(world, home.manager, 'waits for its item', 'waits.txt')
  const old = await objects.put(only('left by a crash'), 1000)
  const young = await objects.put(only('stored a moment ago'), 1000)
  for (const digest of [waiting.digest, old.digest]) await aged(digest)
  await utimes(pathOf(young.digest), world.clock.now(), world.clock.now())
  const stray = '5b3c1f6e-1111-4222-8333-444455556666'
  await objects.incoming.append(stray, 0, only('pieces of nobody'))
  const found = await reconcile(world.runtime, { remove: false })
  expect([found.orphans, found.strays, found.removed]).toEqual([[old.digest], [stray], 0])
  expect(await objects.has(old.digest)).toBe(true)
  await reconcile(world.runtime, { remove: true })
  expect([await objects.has(old.digest), await objects.has(young.digest)]).toEqual([false, true])
  const after = await reconcile(world.runtime, { remove: false })
  expect([after.orphans, after.strays]).toEqual([[], []])
})

it('files that become no evidence expire with their bytes, unless somebody else needs them', async () => {
  const alone = await sentFile(world, home.owner, 'nobody wants this', 'alone.txt')
  const shared = await sentFile(world, home.owner, 'sound', 'copy.txt')
  world.clock.set('2023-08-07T03:00:01.000Z')
  expect(await answer(world.runtime, home.owner, listFiles, {})).toEqual({ items: [] })
  await expect(execute(world.runtime, home.owner, expireEvidenceUploads, {})).rejects.toMatchObject({
    kind: 'forbidden',
  })
  expect(await expireUploads(world.runtime)).toBeGreaterThanOrEqual(2)
  expect(await expireUploads(world.runtime)).toBe(0)
  const { objects } = world.runtime
  expect([await objects.has(alone.digest), await objects.has(shared.digest)]).toEqual([false, true])
})
