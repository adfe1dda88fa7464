import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { collectCommand, exitCodes } from './collect.ts'
import { push } from './collect-push.ts'
import { runTool, ToolFailure } from './collect-run.ts'
import { checkTarget, tools } from './collect-tools.ts'

const directory = temporaryDirectory('collect-cli')
const node = process.execPath
const bounds = { timeout: 60_000, output: 100_000 }
const script = (text: string) => ['-e', text]

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof ToolFailure) return error.fault
  throw error ?? new Error('nothing failed')
}

describe('a tool', () => {
  it('is run without a shell, and without the key', async () => {
    const text = 'console.log(process.argv[1], process.env.ASSAY_KEY); process.exitCode = 3'
    const env = { ...process.env, ASSAY_KEY: 'secret' }
    const ran = await runTool(node, [...script(text), '$(id); `id` > x'], bounds, env)
    expect([ran.output.toString(), ran.code]).toEqual(['$(id); `id` > x undefined\n', 3])
  })

  it.each([
    ['is not there', 'missing', 'no-such-tool-anywhere', []],
    ['hangs', 'timeout', node, script('setInterval(() => undefined, 1000)')],
    [
      'hangs and ignores signals',
      'timeout',
      node,
      script('process.on("SIGTERM", () => 1); setInterval(() => 1, 99)'),
    ],
    ['prints without end', 'too-large', node, script('setInterval(() => console.log("x".repeat(50000)), 1)')],
    ['is killed', 'signal', node, script('process.kill(process.pid, "SIGKILL")')],
  ])('that %s is ended: %s', async (_, fault, program, args) => {
    const limits = fault === 'timeout' ? { ...bounds, timeout: 700 } : bounds
    expect(await faultOf(runTool(program, args, limits, process.env))).toBe(fault)
  })

  it('that leaves children behind leaves none', async () => {
    const child = `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => 1, 99)"], { stdio: "inherit" })`
    const ran = runTool(node, script(`console.log(${child}.pid)`), { ...bounds, timeout: 1500 }, process.env)
    expect(await faultOf(ran)).toBe('timeout')
  })
})

describe('a target', () => {
  it.each(['-oX', '--script=x', '', ' a', 'a b', 'a;b', '$(id)', 'a\nb', '@file', '|id'])(
    'cannot be %j',
    (text) => {
      expect(() => checkTarget(text)).toThrow(/is no host/)
    },
  )

  it('is split into host and port where a tool wants them apart', () => {
    const split = (target: string) =>
      tools['ssh-audit']?.args({ target: checkTarget(target), file: '', extra: [] })
    expect(split('host.example')).toEqual(['-j', '-p', '22', 'host.example'])
    expect(split('host.example:2222')).toEqual(['-j', '-p', '2222', 'host.example'])
    expect(split('[2001:db8::1]:2222')).toEqual(['-j', '-p', '2222', '2001:db8::1'])
    expect(split('2001:db8::1')).toEqual(['-j', '-p', '22', '2001:db8::1'])
    expect(() => split('a:b')).toThrow(/is no host/)
  })
})

type Got = { authorization: string; idempotency: string; body: string }

describe('assay collect', () => {
  const got: Got[] = []
  let answers: { status: number; body: object }[] = []
  let server: Server
  let address = ''
  const good = { evidenceId: 'e1', runs: [{ pass: 1, fail: 0, error: 0, problem: null }], unresolved: [] }

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => {
        body += part.toString('utf8')
      })
      request.on('end', () => {
        const { authorization = '', 'idempotency-key': key } = request.headers
        got.push({ authorization, idempotency: String(key), body })
        const next = answers.shift() ?? { status: 201, body: good }
        response.writeHead(next.status, { 'content-type': 'application/json' }).end(JSON.stringify(next.body))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.close()
    directory.remove()
  })

  const file = (content: string): string => {
    const path = join(directory.path, 'report.json')
    writeFileSync(path, content)
    return path
  }

  async function collect(words: string[], env: NodeJS.ProcessEnv = { ASSAY_KEY: `assay_${'k'.repeat(43)}` }) {
    const said: string[] = []
    const say = (line: string) => said.push(line)
    const all = ['--server', address, ...words]
    const code = await collectCommand
      .run(all, { env: { PATH: process.env.PATH, LANG: 'C', ...env }, out: say, fail: say, fetch })
      .catch((error: Error) => error.message)
    return { code, said: said.join('\n') }
  }

  it('delivers a report that is there, with a proof and never with the key', async () => {
    const { code, said } = await collect([
      '--tool',
      'json',
      '--kind',
      'users',
      '--file',
      file('[{"resource": "a", "n": 1}]'),
    ])
    expect([code, said]).toEqual([
      0,
      'Delivered: 1 item(s), evidence e1.\n1 check(s): 1 passed, 0 failed, 0 without an answer.',
    ])
    const [sent] = got.splice(0)
    expect(sent?.authorization).toMatch(/^Assay-Proof prefix="assay_kkkkkk", /)
    expect(sent?.authorization).not.toContain('kkkkkkk')
    const { collection, raw } = JSON.parse(sent?.body ?? '')
    expect(collection).toMatchObject({ kind: 'users', items: [{ resource: 'a', facts: { n: 1 } }] })
    expect(Buffer.from(raw.base64, 'base64').toString()).toBe('[{"resource": "a", "n": 1}]')
  })

  it('says what it is evidence for, by control and place or by id', async () => {
    const id = '5b3c1f6e-1111-4222-8333-444455556666'
    const served = ['--for', 'OPS-06/tokyo', '--for', 'OPS-06/tokyo/shop', '--for', id]
    const report = ['--tool', 'json', '--file', file('[{"resource": "a"}]')]
    expect((await collect([...report, ...served])).code).toBe(0)
    expect(JSON.parse(got.splice(0)[0]?.body ?? '').for).toEqual([
      { control: 'OPS-06', entity: 'tokyo', service: null },
      { control: 'OPS-06', entity: 'tokyo', service: 'shop' },
      id,
    ])
    for (const word of ['OPS-06', 'OPS-06/', 'OPS-06/tokyo/', 'a/b/c/d'])
      expect((await collect([...report, '--for', word])).code).toContain('--for is control/entity')
    expect(got).toEqual([])
  })

  it('runs any command that prints JSON', async () => {
    const print = script('console.log(JSON.stringify({ items: [{ resource: "a", mfa: true }] }))')
    expect((await collect(['--format', 'json', '--kind', 'accounts', '--', node, ...print])).code).toBe(0)
    expect(JSON.parse(got.splice(0)[0]?.body ?? '').collection.items[0].facts).toEqual({ mfa: true })
  })

  it.each([
    [
      'a failed check',
      201,
      { ...good, runs: [{ pass: 0, fail: 1, error: 0, problem: null }] },
      exitCodes.notPassed,
    ],
    [
      'a check without an answer',
      201,
      { ...good, runs: [{ pass: 0, fail: 0, error: 1, problem: null }] },
      exitCodes.notPassed,
    ],
    ['a refusal', 403, { detail: 'no' }, exitCodes.refused],
    ['a skewed clock', 401, { detail: 'it is 03:00' }, exitCodes.refused],
  ])('tells %s by its exit code', async (_, status, body, code) => {
    answers = [{ status, body }]
    expect((await collect(['--tool', 'json', '--file', file('[{"resource": "a"}]')])).code).toBe(code)
    got.length = 0
  })

  it.each([
    ['garbage', 'Segmentation fault'],
    ['nothing', ''],
    ['half of it', '[{"resource": "a"'],
  ])('delivers nothing where the report is %s', async (_, content) => {
    const { code, said } = await collect(['--tool', 'json', '--file', file(content)])
    expect([code, said, got.length]).toEqual([exitCodes.tool, expect.stringContaining('Nothing was sent'), 0])
  })

  it('says what is missing, in the language of the terminal', async () => {
    const words = ['--tool', 'json', '--file', file('[]')]
    expect((await collect(words, {})).code).toContain('collection.push')
    expect((await collect([...words, '--lang', 'ja'], {})).code).toContain('API キーが必要です')
    expect((await collect(['--tool', 'nonsense'])).code).toContain('--tool is one of')
    expect((await collect(['--tool', 'nmap'])).code).toContain('--target')
  })

  it('sends the same delivery again when the server was away, with a proof that is new', async () => {
    answers = [{ status: 503, body: {} }]
    const form = {
      format: 'assay-collection/1' as const,
      kind: 'x',
      tool: { name: 'x', version: null },
      host: 'h',
    }
    const collection = {
      ...form,
      startedAt: '2023-07-31T03:00:00Z',
      endedAt: '2023-07-31T03:00:00Z',
      items: [],
    }
    const raw = { name: 'x', bytes: Buffer.from('x') }
    const parcel = {
      server: address,
      key: `assay_${'k'.repeat(43)}`,
      bearer: false,
      entityId: null,
      serves: [],
      raw,
      collection,
      language: 'en',
    }
    expect((await push(fetch, parcel, [1])).is).toBe('delivered')
    const [first, second] = got.splice(0)
    expect(second?.idempotency).toBe(first?.idempotency)
    expect(second?.authorization).not.toBe(first?.authorization)
    const gone = await push(fetch, { ...parcel, server: 'http://127.0.0.1:1' }, [1])
    expect(gone.is).toBe('unreachable')
  })
})
