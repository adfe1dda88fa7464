import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { callerWith, foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { Problem } from '../kernel/error.ts'
import { createHttp } from '../server/http.ts'
import { routes } from '../server/nouns.ts'
import { registerProgrammeRoutes } from '../server/programme-http.ts'
import { main } from './main.ts'

let world: World
let home: Home
let app: FastifyInstance
let server: string
const folder = temporaryDirectory('apply')
const file = join(folder.path, 'line.yaml')

beforeAll(async () => {
  world = await makeWorld('cli-apply')
  home = await foundHome(world)
  const visitor = callerWith(home.organisationId, [], world.runtime.random, { kind: 'visitor', id: null })
  const authenticate = async (request: {
    headers: { authorization?: string | undefined; 'accept-language'?: string | undefined }
  }) => {
    const { authorization } = request.headers
    const language = request.headers['accept-language'] === 'ja' ? ('ja' as const) : ('en' as const)
    if (authorization === 'Bearer owner') return { ...home.owner, language }
    if (authorization === undefined) return visitor
    throw new Problem('unauthenticated', 'access.key_invalid')
  }
  app = createHttp({ runtime: world.runtime, routes, authenticate, log: () => undefined })
  registerProgrammeRoutes(app, world.runtime, authenticate)
  server = await app.listen({ port: 0, host: '127.0.0.1' })
  cpSync(fileURLToPath(new URL('../../demo/', import.meta.url)), folder.path, { recursive: true })
  // The demo's calendar is only for a demo.
  writeFileSync(file, readFileSync(file, 'utf8').replace(/ +demoDay: .*\n/, ''))
})
afterAll(async () => {
  await app.close()
  await world.close()
  folder.remove()
})

async function run(words: string[], env: NodeJS.ProcessEnv = { ASSAY_KEY: 'owner' }) {
  const out: string[] = []
  const failed: string[] = []
  const shell = {
    env,
    out: (line: string) => out.push(line),
    fail: (line: string) => failed.push(line),
    fetch,
  }
  const code = await main(['apply', ...words], shell)
  return { code, out: out.join('\n'), failed: failed.join('\n') }
}

const at = () => ['--server', server]

describe('assay apply', () => {
  it('rehearses, sends what is missing, applies, and finds nothing to do the second time', async () => {
    const rehearsed = await run([file, ...at(), '--dry-run'])
    expect(rehearsed).toMatchObject({ code: 0, failed: '' })
    expect(rehearsed.out).toMatch(/new: certificate iso27001-line/)
    expect(rehearsed.out).toMatch(/8 file\(s\) would be sent/)
    expect(rehearsed.out).toMatch(/Nothing was changed/)
    const applied = await run([file, ...at()])
    expect(applied).toMatchObject({ code: 0, failed: '' })
    expect(applied.out).toMatch(/8 file\(s\) sent/)
    expect(applied.out).toMatch(/waits: review iso27001\/0 ken-morita/)
    expect(applied.out).toMatch(/waits: publication 2023-07-31/)
    const again = await run([file, ...at()])
    expect(again.out).toMatch(/Everything is so already\.$/)
    expect(again.out).not.toMatch(/sent/)
  })

  it('shows each difference, in the language of the terminal', async () => {
    const changed = join(folder.path, 'changed.yaml')
    writeFileSync(changed, readFileSync(file, 'utf8').replace('IS 509132', 'IS 509133'))
    const { out, code } = await run([changed, ...at(), '--dry-run'], {
      ASSAY_KEY: 'owner',
      LANG: 'ja_JP.UTF-8',
    })
    expect(code).toBe(0)
    expect(out).toMatch(/変更: certificate iso27001-line\n {4}number: "IS 509132" -> "IS 509133"/)
    expect(out).toMatch(/1件の変更が行われます/)
  })

  it('says where the file is wrong, with exit code 1', async () => {
    const wrong = join(folder.path, 'wrong.yaml')
    writeFileSync(
      wrong,
      readFileSync(file, 'utf8').replace('decisionDate: 2019-01-10', 'decisionDate: 2019-02-30'),
    )
    const { code, failed } = await run([wrong, ...at()])
    expect(code).toBe(1)
    expect(failed).toMatch(
      /line \d+, column 23: This is not a real calendar day.*\(\/certificates\/0\/terms\/0\/decisionDate\)/,
    )
    const texts = join(folder.path, 'line.texts.yaml')
    const before = readFileSync(texts, 'utf8')
    writeFileSync(texts, before.replace('place: 0', 'place: zero'))
    expect((await run([file, ...at()])).failed).toMatch(/line\.texts\.yaml, line 3, column 10/)
    writeFileSync(texts, before)
  })

  it('is used wrongly with exit code 2, and refuses to send the key in the clear', async () => {
    expect(await run([], {})).toMatchObject({
      code: 2,
      failed: expect.stringMatching(/Name one programme file/),
    })
    expect(await run([file, ...at()], {})).toMatchObject({
      code: 2,
      failed: expect.stringMatching(/ASSAY_KEY/),
    })
    expect(await run([file, '--server', 'http://assay.example'])).toMatchObject({
      code: 2,
      failed: expect.stringMatching(/unencrypted/),
    })
    expect(await run([file, ...at(), '--what'])).toMatchObject({ code: 2 })
    expect(await run([file, ...at()], { ASSAY_KEY: 'wrong' })).toMatchObject({ code: 1 })
    expect(await run([join(folder.path, 'absent.yaml'), ...at()])).toMatchObject({ code: 1 })
  })

  it('sends nothing for who may not', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${server}/api/programme/files`, { method: 'POST', headers, body: 'x' })
    const type = { 'content-type': 'application/octet-stream' }
    expect((await post(type)).status).toBe(401)
    expect((await post({ ...type, authorization: 'Bearer owner' })).status).toBe(201)
    expect((await post({ 'content-type': 'text/html', authorization: 'Bearer owner' })).status).toBe(400)
  })
})
