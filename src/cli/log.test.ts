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
  world = await makeWorld('log-cli')
  home = await foundHome(world)
  directory = temporaryDirectory('log-cli')
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

describe('assay log', () => {
  it('rotates the key in two steps', async () => {
    const begun = await run('log', 'rotate-key', '--organisation', home.organisationId)
    expect(begun).toMatchObject({ code: 0, text: expect.stringMatching(/signed by two keys: \S+ and \S+\./) })
    const finished = await run('log', 'rotate-key', '--finish')
    expect(finished).toMatchObject({ code: 0, text: expect.stringMatching(/signed by \S+ alone/) })
    expect(await run('fsck')).toMatchObject({ code: 0 })
    expect(await run('log', 'rotate-key', '--finish')).toEqual({ code: 1, text: 'no rotation is under way' })
  })

  it('refuses what is not meant', async () => {
    expect(await run('log', 'burn')).toMatchObject({ code: 2 })
    expect(await run('log', 'successor')).toMatchObject({
      code: 2,
      text: expect.stringContaining('--reason'),
    })
    expect(await run('log', 'rotate-key', '--organisation', 'nobody')).toMatchObject({ code: 2 })
    const sound = await run('log', 'successor', '--reason', 'none')
    expect(sound).toEqual({ code: 1, text: 'the log is sound: it needs no successor' })
  })
})
