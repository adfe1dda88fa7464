import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSealer } from '../../src/log/server/seal.ts'
import { createApp } from '../../src/server/app.ts'
import { type Auth, createAuth } from '../../src/server/auth.ts'
import { temporaryDirectory } from '../support/directory.ts'
import { foundHome, makeWorld, type World } from '../support/world.ts'

// Every address of the program, whether it is in the table of routes or not, and what a stranger gets there.

let world: World
let auth: Auth
const directory = temporaryDirectory('addresses')

beforeAll(async () => {
  world = await makeWorld('addresses')
  await foundHome(world)
})
afterAll(async () => {
  await auth.close()
  await world.close()
  directory.remove()
})

// The built application is there or not, as the machine has it: its addresses are one page and its files.
const ofTheInterface = /^\w+ \/(app|setup|invitation)(\/|$)/

it('every address answers a stranger as reviewed', async () => {
  const addresses = new Set<string>()
  const { clock, random } = world.runtime
  const log = () => undefined
  const connection = world.config
  auth = createAuth({
    connection,
    dataDir: directory.path,
    publicUrl: 'http://localhost:4600',
    otherOrigins: [],
    log,
  })
  const sealer = createSealer({ database: world.database, clock, random, directory: directory.path, log })
  const parts = {
    runtime: world.runtime,
    auth,
    sealer,
    dataDir: directory.path,
    publicUrl: 'http://localhost:4600',
    checkPassword: log,
    demo: null,
    log,
  }
  const app = await createApp({ ...parts, onAddress: (address) => addresses.add(address) })
  await app.ready()
  const lines: string[] = []
  for (const address of [...addresses].filter((one) => !ofTheInterface.test(one)).sort()) {
    const [method = '', path = ''] = address.split(' ')
    if (method.includes('HEAD')) continue
    const url = path.replace(/:(\w+)/g, 'x').replaceAll('*', 'x')
    const answer = await app.inject({
      method: method as 'GET',
      url,
      ...(method === 'GET' ? {} : { payload: {} }),
    })
    expect(answer.statusCode, address).toBeLessThan(500)
    lines.push(`${String(answer.statusCode)} ${method.padEnd(6)} ${path}`)
  }
  await app.close()
  expect(lines.length).toBeGreaterThan(100)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/addresses.txt')
})
