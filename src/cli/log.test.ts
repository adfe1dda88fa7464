import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CliWorld, makeCliWorld } from '../../tests/support/cli.ts'

let world: CliWorld

beforeAll(async () => {
  world = await makeCliWorld('log-cli')
})
afterAll(() => world.close())

describe('assay log', () => {
  it('rotates the key in two steps', async () => {
    const begun = await world.run('log', 'rotate-key', '--organisation', world.home.organisationId)
    expect(begun).toMatchObject({ code: 0, text: expect.stringMatching(/signed by two keys: \S+ and \S+\./) })
    const finished = await world.run('log', 'rotate-key', '--finish')
    expect(finished).toMatchObject({ code: 0, text: expect.stringMatching(/signed by \S+ alone/) })
    expect(await world.run('fsck')).toMatchObject({ code: 0 })
    expect(await world.run('log', 'rotate-key', '--finish')).toEqual({
      code: 1,
      text: 'no rotation is under way',
    })
  })

  it('refuses what is not meant', async () => {
    expect(await world.run('log', 'burn')).toMatchObject({ code: 2 })
    expect(await world.run('log', 'successor')).toMatchObject({
      code: 2,
      text: expect.stringContaining('--reason'),
    })
    expect(await world.run('log', 'rotate-key', '--organisation', 'nobody')).toMatchObject({ code: 2 })
    const sound = await world.run('log', 'successor', '--reason', 'none')
    expect(sound).toEqual({ code: 1, text: 'the log is sound: it needs no successor' })
  })
})
