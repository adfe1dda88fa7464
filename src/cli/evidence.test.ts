import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { carriedOut } from '../../tests/support/evidence.ts'
import { foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { diskObjects } from '../adapters/disk.ts'
import { listEvidence } from '../evidence/server/queries.ts'
import { registerEvidenceFileRoutes } from '../server/evidence-http.ts'
import { registerEvidenceUploadRoutes } from '../server/evidence-uploads-http.ts'
import { answer } from '../server/execute.ts'
import { createHttp } from '../server/http.ts'
import { routes } from '../server/nouns.ts'
import { main } from './main.ts'

const directory = temporaryDirectory('evidence-cli')
let world: World
let home: Home
let app: FastifyInstance
let url: string

beforeAll(async () => {
  world = await makeWorld('evidence-cli', { objects: diskObjects(join(directory.path, 'objects')) })
  home = await foundHome(world)
  const authenticate = async () => home.manager
  app = createHttp({ runtime: world.runtime, routes, authenticate, log: () => undefined })
  registerEvidenceFileRoutes(app, world.runtime, authenticate)
  registerEvidenceUploadRoutes(app, world.runtime, authenticate)
  await app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await app.close()
  await world.close()
  directory.remove()
})

async function run(words: string[], through: typeof fetch = fetch) {
  const out: string[] = []
  const bad: string[] = []
  const code = await main(['evidence', ...words], {
    env: { ASSAY_KEY: 'assay_test', LANG: 'en_US.UTF-8' },
    out: (line) => out.push(line),
    fail: (line) => bad.push(line),
    fetch: through,
  })
  return { code, out, bad: bad.join('\n') }
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(directory.path, name)
  await writeFile(path, content)
  return path
}

const usual = (path: string) => [
  'add',
  path,
  '--server',
  url,
  '--title',
  'Nightly report',
  '--entity',
  'example',
  '--about-from',
  '2023-07-01',
  '--about-to',
  '2023-07-31',
]

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('assay evidence add', () => {
  it('sends small and large files and records the item', async () => {
    const large = randomBytes(20_000_000)
    const review = await carriedOut(world, home, 'ACC-01')
    const { code, out, bad } = await run([
      ...usual(await file('small.txt', 'It was so.')),
      await file('large.bin', large),
      '--implementation',
      review.id,
      '--json',
    ])
    expect(code, bad).toBe(0)
    const one = JSON.parse(out.join(''))
    expect(one).toMatchObject({ title: 'Nightly report', implementationIds: [review.id], source: 'uploaded' })
    expect(one.files[1]).toMatchObject({ name: 'large.bin', digest: sha256(large) })
    expect(bad).toContain('large.bin: 41 %')
  })

  it('goes on where it was interrupted, and sends nothing twice', async () => {
    const large = randomBytes(20_000_000)
    const path = await file('again.bin', large)
    let sent = 0
    const failing: typeof fetch = async (input, init) => {
      if (init?.method !== 'PATCH') return fetch(input, init)
      sent += 1
      // The first piece is lost on the way once; the third ends the run.
      if (sent === 1) throw new TypeError('fetch failed')
      return sent > 2 ? new Response('{}', { status: 500 }) : fetch(input, init)
    }
    const stopped = await run(usual(path), failing)
    expect([stopped.code, stopped.out]).toEqual([1, ['again.bin: 41 %']])
    const again = await run(usual(path))
    expect(again.code, again.bad).toBe(0)
    expect(again.out).toContain('again.bin: goes on at byte 8388608')
    const { items } = await answer(world.runtime, home.manager, listEvidence, { text: 'again.bin' })
    expect(items.map((one) => one.files[0]?.digest)).toEqual([sha256(large)])
  })

  it('says with a code of its own that a file holds card numbers', async () => {
    const card = ['4539', '5787', '6362', '1486'].join('')
    const { code, bad } = await run(usual(await file('orders.txt', `card number ${card}`)))
    expect([code, bad]).toEqual([3, expect.stringContaining('453957…1486 at L1')])
    expect(bad).not.toContain(card)
  })

  it('refuses wrong uses and unreadable files with a sentence', async () => {
    expect((await run(['add', '--title', 'x'])).code).toBe(2)
    expect((await run(['nothing'])).code).toBe(2)
    const absent = await run(usual(join(directory.path, 'absent.txt')))
    expect([absent.code, absent.bad]).toEqual([1, expect.stringContaining('cannot be read')])
    const empty = await run(usual(await file('empty.txt', '')))
    expect([empty.code, empty.bad]).toEqual([1, expect.stringContaining('is empty')])
    const entity = await run(
      usual(await file('a.txt', 'a')).map((word) => (word === 'example' ? 'none' : word)),
    )
    expect([entity.code, entity.bad]).toEqual([1, 'There is no entity none.'])
  })
})
