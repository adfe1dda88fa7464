import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { bookOf } from '../../tests/support/zip.ts'
import { asset } from '../assets/asset.ts'
import { listAssets } from '../assets/server/list-query.ts'
import { reading } from '../db/transaction.ts'
import { type Standing, stages } from '../kernel/progress.ts'
import { registerAssetFileRoutes } from './assets-file-http.ts'
import { answer } from './execute.ts'
import { registerImportRoutes } from './imports-http.ts'
import { runningImports } from './running-imports.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller
let url: string

beforeAll(async () => {
  world = await makeHttpWorld(
    'imports',
    () => caller,
    (app, runtime, authenticate) => {
      registerAssetFileRoutes(app, runtime, authenticate)
      registerImportRoutes(app, runtime, authenticate)
    },
  )
  // A connection that breaks takes a socket.
  url = await world.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => world.close())
beforeEach(async () => {
  home = await foundHome(world)
  caller = home.manager
})

const csv = (rows: number, more: readonly string[] = []) =>
  [
    'key,name.en,kind,entity',
    ...Array.from({ length: rows }, (_, at) => `k-${at},Asset ${at},system,${home.root.key}`),
    ...more,
  ].join('\n')

type Line = {
  import?: string
  progress?: Standing
  rows?: { row: number; fate: string }[]
  result?: { applied: boolean; counts: Record<string, number> }
  problem?: { code: string; status: number; errors?: { pointer: string; code: string }[] }
}

type Sent = { mode?: string; type?: string; signal?: AbortSignal }

async function* sent(
  body: string | Uint8Array<ArrayBuffer>,
  { mode = 'apply', type = 'text/csv', signal }: Sent = {},
): AsyncGenerator<Line> {
  const response = await fetch(`${url}/api/assets/import?mode=${mode}`, {
    method: 'POST',
    body,
    headers: { accept: 'application/x-ndjson', 'content-type': type },
    ...(signal ? { signal } : {}),
  })
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  let rest = ''
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    const lines = (rest + Buffer.from(part).toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as Line
  }
}

async function all(lines: AsyncIterable<Line>): Promise<Line[]> {
  const found: Line[] = []
  for await (const line of lines) found.push(line)
  return found
}

const total = async () => (await answer(world.runtime, home.owner, listAssets, {})).total

const entries = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const rows = await tx.selectFrom('logEntry').select('idx').where('noun', '=', asset.noun).execute()
    return rows.length
  })

const nothingWritten = async () => expect([await total(), await entries()]).toEqual([0, 0])

const callOff = async (id: string) => {
  const response = await fetch(`${url}/api/imports/${id}`, { method: 'DELETE' })
  return { status: response.status, body: (await response.json()) as { calledOff?: boolean } }
}

describe('an import that tells how far it is', () => {
  it('goes through its stages in order, never backwards, and ends with what became of every row', async () => {
    const lines = await all(sent(csv(1500)))
    expect(lines[0]?.import).toMatch(/^[0-9a-f-]{36}$/)
    const told = lines.flatMap((line) => line.progress ?? [])
    expect([...new Set(told.map((one) => one.stage))]).toEqual(stages)
    for (const stage of stages) {
      const own = told.filter((one) => one.stage === stage)
      const [first] = own
      expect(own.map((one) => one.done)).toEqual(own.map((one) => one.done).sort((a, b) => a - b))
      expect(own.map((one) => one.share)).toEqual(own.map((one) => one.share).sort((a, b) => a - b))
      expect(new Set(own.map((one) => one.total))).toEqual(
        new Set([stage === 'reading' || stage === 'committing' ? null : 1500]),
      )
      expect([first?.done, first?.share]).toEqual([0, 0])
      if (stage !== 'committing') expect(own.at(-1)).toMatchObject({ done: 1500, share: 1 })
    }
    // Reading ends before checking begins: who counts the lines sees each stage move, and not only its ends.
    expect(told.filter((one) => one.stage === 'checking').length).toBeGreaterThan(5)
    const rows = lines.flatMap((line) => line.rows ?? [])
    expect(rows.map((one) => one.row)).toEqual(Array.from({ length: 1500 }, (_, at) => at + 2))
    expect(lines.at(-1)?.result).toMatchObject({ applied: true, counts: { create: 1500, error: 0 } })
    expect([await total(), await entries()]).toEqual([1500, 1500])
  })

  it('lets others be served in between', async () => {
    const lines = sent(csv(1500))[Symbol.asyncIterator]()
    await lines.next()
    let ended = false
    const rest = all({ [Symbol.asyncIterator]: () => lines }).then((found) => {
      ended = true
      return found
    })
    expect((await fetch(`${url}/api/assets`)).status).toBe(200)
    expect(ended).toBe(false)
    expect((await rest).at(-1)?.result?.counts).toMatchObject({ create: 1500 })
  })

  it('writes nothing for a fault in the last row, and names it', async () => {
    const lines = await all(sent(csv(1500, ['late,Late,rocket,nowhere'])))
    const last = lines.at(-1)?.problem
    expect([last?.code, last?.status]).toEqual(['tabular.file', 400])
    expect(last?.errors?.map((one) => `${one.pointer} ${one.code}`)).toEqual([
      '/1502/entity exchange.entity_unknown',
      '/1502/kind invalid_value',
    ])
    await nothingWritten()
  })

  it('refuses by row and column what no database can hold', async () => {
    const cell = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
    const row = (number: number, a: string, b: string) =>
      `<row r="${number}">${cell(`A${number}`, a)}${cell(`B${number}`, b)}</row>`
    const book = bookOf({ rows: row(1, 'key', 'name.en') + row(2, 'a', '_xD800_') })
    const lines = await all(sent(Uint8Array.from(book), { type: 'application/octet-stream' }))
    expect(lines.at(-1)?.problem?.errors).toMatchObject([
      { pointer: '/2/name.en', code: 'unstorable_character' },
    ])
    await nothingWritten()
  })

  it('refuses before it begins who may not import, like every request', async () => {
    caller = callerWith(home.organisationId, [grantAll('reader')], world.runtime.random)
    const refused = await fetch(`${url}/api/assets/import?mode=apply`, {
      method: 'POST',
      body: csv(1),
      headers: { accept: 'application/x-ndjson', 'content-type': 'text/csv' },
    })
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
  })
})

describe('an import that is called off', () => {
  it.each(['checking', 'writing', 'recording'] as const)('while %s has written nothing', async (stage) => {
    let id = ''
    let asked: ReturnType<typeof callOff> | null = null
    const lines: Line[] = []
    for await (const line of sent(csv(1500))) {
      lines.push(line)
      id ||= line.import ?? ''
      if (line.progress?.stage === stage) asked ??= callOff(id)
    }
    expect(await asked).toEqual({ status: 200, body: { calledOff: true } })
    expect(lines.at(-1)?.problem?.code).toBe('tabular.called_off')
    await nothingWritten()
    // Neither is it there any more for another try.
    expect((await callOff(id)).status).toBe(404)
  })

  it('by a connection that breaks has written nothing', async () => {
    const controller = new AbortController()
    let id = ''
    const broken = async () => {
      for await (const line of sent(csv(1500), { signal: controller.signal })) {
        id ||= line.import ?? ''
        if (line.progress?.stage === 'writing') controller.abort()
      }
    }
    await expect(broken()).rejects.toThrow(/abort/)
    await expect.poll(async () => (await callOff(id)).status).toBe(404)
    await nothingWritten()
  })

  it('is so by nobody else, and by no stranger', async () => {
    let id = ''
    const others: Promise<{ status: number }>[] = []
    const own = caller
    for await (const line of sent(csv(1500))) {
      id ||= line.import ?? ''
      if (line.progress?.stage !== 'checking' || others.length > 0) continue
      caller = callerWith(home.organisationId, [grantAll('manager')], world.runtime.random)
      others.push(callOff(id))
      await others[0]
      caller = own
    }
    expect((await others[0])?.status).toBe(404)
    expect(await total()).toBe(1500)
    caller = { ...own, actor: { ...own.actor, kind: 'visitor', id: null, grants: [] } }
    expect((await callOff(id)).status).toBe(401)
  })

  it('is told when that was too late', async () => {
    const { random } = world.runtime
    const run = runningImports(world.runtime).begin(random, caller.actor, () => undefined)
    await run.progress.begin('committing', null)
    expect(await callOff(run.id)).toEqual({ status: 200, body: { calledOff: false } })
    run.end()
  })
})

it('an organisation has no more than three imports under way at a time', async () => {
  const held = Array.from({ length: 3 }, () =>
    runningImports(world.runtime).begin(world.runtime.random, caller.actor, () => undefined),
  )
  const post = () =>
    fetch(`${url}/api/assets/import?mode=dry-run`, {
      method: 'POST',
      body: csv(1),
      headers: { 'content-type': 'text/csv' },
    })
  const refused = await post()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
  held[0]?.end()
  expect((await post()).status).toBe(200)
  for (const run of held) run.end()
})

it('a hundred thousand rows are examined, each told in a line of bounded length', {
  timeout: 120_000,
}, async () => {
  const lines = await all(sent(csv(100_000), { mode: 'dry-run' }))
  expect(lines.at(-1)?.result).toMatchObject({ applied: false, counts: { create: 100_000, error: 0 } })
  expect(lines.reduce((sum, line) => sum + (line.rows?.length ?? 0), 0)).toBe(100_000)
  expect(Math.max(...lines.map((line) => JSON.stringify(line).length))).toBeLessThan(100_000)
  await nothingWritten()
})
