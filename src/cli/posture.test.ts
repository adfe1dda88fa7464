import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { createHttp } from '../server/http.ts'
import { routes } from '../server/nouns.ts'
import { registerProgrammeRoutes } from '../server/programme-http.ts'
import { main } from './main.ts'

let world: World
let home: Home
let app: FastifyInstance
let server: string
const folder = temporaryDirectory('cli-posture')

async function run(words: string[], env: NodeJS.ProcessEnv = {}) {
  const out: string[] = []
  const failed: string[] = []
  const shell = {
    env: { ASSAY_KEY: 'owner', ...env },
    out: (line: string) => out.push(line),
    fail: (line: string) => failed.push(line),
    fetch,
  }
  const code = await main([...words, '--server', server], shell)
  return { code, out, failed }
}

beforeAll(async () => {
  world = await makeWorld('cli-posture')
  home = await foundHome(world)
  const authenticate = async (request: { headers: { 'accept-language'?: string | undefined } }) => ({
    ...home.owner,
    language: request.headers['accept-language'] === 'ja' ? ('ja' as const) : ('en' as const),
  })
  app = createHttp({ runtime: world.runtime, routes, authenticate, log: () => undefined })
  registerProgrammeRoutes(app, world.runtime, authenticate)
  server = await app.listen({ port: 0, host: '127.0.0.1' })
  const file = join(folder.path, 'line.yaml')
  cpSync(fileURLToPath(new URL('../../demo/', import.meta.url)), folder.path, { recursive: true })
  // The demo's calendar is only for a demo; the clock of this world stands at the same day.
  writeFileSync(file, readFileSync(file, 'utf8').replace(/ +demoDay: .*\n/, ''))
  const applied = await run(['apply', file])
  if (applied.code !== 0) throw new Error(applied.failed.join('\n'))
}, 240_000)
afterAll(async () => {
  await app?.close()
  await world?.close()
  folder.remove()
})

describe('assay posture', { timeout: 60_000 }, () => {
  it('says which requirements fail, why, and whose task that is', async () => {
    const { code, out, failed } = await run(['posture'])
    expect(failed).toEqual([])
    expect(code).toBe(0)
    expect(out[0]).toBe('As of 2023-07-31')
    const at = out.findIndex((line) => /^ {2}11\.2\.1 .*: failing$/.test(line))
    expect(at).toBeGreaterThan(0)
    expect(out.slice(at + 1, at + 4)).toEqual([
      expect.stringMatching(/^ {4}LINE Pay: failing$/),
      expect.stringMatching(/^ {6}NET-04 .*: failing \(Riku Nakano\)$/),
      expect.stringContaining('It was due by 2023-06-30 and was not carried out.'),
    ])
  })

  it('says how it was on a day of the past, in the language of the terminal', async () => {
    const words = ['posture', '--programme', 'pci-dss-line-pay', '--requirement', '11.2.1']
    const { code, out } = await run([...words, '--as-of', '2023-03-31'], { LANG: 'ja_JP.UTF-8' })
    expect(code).toBe(0)
    expect(out[0]).toBe('2023-03-31時点')
    expect(out.some((line) => /^ {2}11\.2\.1 .*: 満たす$/.test(line))).toBe(true)
    expect(out.some((line) => /NET-04 .*: 有効 \(中野 陸\)/.test(line))).toBe(true)
  })

  it('gives programs the same as JSON', async () => {
    const { out } = await run(['posture', '--json', '--programme', 'pci-dss-line-pay'])
    const { day, programmes } = JSON.parse(out.join('\n')) as {
      day: string
      programmes: { key: string; totals: { failing: number }; requirements: { state: string }[] }[]
    }
    expect(day).toBe('2023-07-31')
    expect(programmes.map(({ key }) => key)).toEqual(['pci-dss-line-pay'])
    const [one] = programmes
    expect(one?.requirements.length).toBe(one?.totals.failing)
    expect(one?.requirements.every(({ state }) => state === 'failing')).toBe(true)
  })

  it('refuses a programme that is not there, and a requirement without its programme', async () => {
    const unknown = await run(['posture', '--programme', 'nope'])
    expect(unknown.code).toBe(2)
    expect(unknown.failed[0]).toMatch(/^There is no programme "nope"\. There are: .*pci-dss-line-pay/)
    const alone = await run(['posture', '--requirement', '11.2.1'])
    expect(alone.code).toBe(2)
    const missing = await run(['posture', '--programme', 'pci-dss-line-pay', '--requirement', '99.9'])
    expect(missing.code).toBe(1)
    expect(missing.failed[0]).toContain('99.9')
  })
})
