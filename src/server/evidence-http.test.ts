import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { itemInput } from '../../tests/support/evidence.ts'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../tests/support/world.ts'
import { zipOf } from '../../tests/support/zip.ts'
import { diskObjects } from '../adapters/disk.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { EvidenceFile } from '../evidence/file.ts'
import { uploadLimits } from '../evidence/limits.ts'
import { evidenceRoutes } from '../evidence/server/routes.ts'
import { registerEvidenceContentRoutes } from './evidence-content-http.ts'
import { registerEvidenceFileRoutes } from './evidence-http.ts'
import { createHttp } from './http.ts'
import type { Caller } from './runtime.ts'

const directory = temporaryDirectory('evidence')
let world: World
let home: Home
let app: FastifyInstance
let caller: Caller

beforeAll(async () => {
  world = await makeWorld('evidence-http', { objects: diskObjects(directory.path) })
  home = await foundHome(world)
  caller = home.manager
  const authenticate = async () => caller
  app = createHttp({ runtime: world.runtime, routes: evidenceRoutes, authenticate, log: () => undefined })
  registerEvidenceFileRoutes(app, world.runtime, authenticate)
  registerEvidenceContentRoutes(app, world.runtime, authenticate)
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await world.close()
  directory.remove()
})

type File = { name: string; content: string | Buffer; type?: string }

/** A field of a form in place of a file. */
type Field = { field: string; value: string }

function form(parts: readonly (File | Field)[]): Buffer {
  const bytes = parts.flatMap((part) => {
    if ('field' in part)
      return [
        Buffer.from(
          `--edge\r\ncontent-disposition: form-data; name="${part.field}"\r\n\r\n${part.value}\r\n`,
        ),
      ]
    const { name, content, type = 'application/octet-stream' } = part
    return [
      Buffer.from(
        `--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
      ),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]
  })
  return Buffer.concat([...bytes, Buffer.from('--edge--\r\n')])
}

async function send(files: readonly (File | Field)[], headers: Record<string, string> = {}) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/evidence/files',
    headers: { 'content-type': 'multipart/form-data; boundary=edge', ...headers },
    payload: form(files),
  })
  const json: {
    code?: string
    items?: EvidenceFile[]
    evidence?: Evidence
    errors?: { pointer: string; code: string; detail: string }[]
  } = answer.json()
  return { status: answer.statusCode, json, text: answer.body }
}

/** Sends one file that must be taken. */
async function taken(file: File): Promise<EvidenceFile> {
  const { status, json, text } = await send([file])
  expect(status, text).toBe(201)
  return json.items?.[0] as EvidenceFile
}

/** Every byte under the directory of the store, in one text. */
async function everything(): Promise<string> {
  const found = await readdir(directory.path, { recursive: true, withFileTypes: true })
  const bytes = await Promise.all(
    found.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name))),
  )
  return Buffer.concat(bytes).toString('latin1')
}

// A number that payment processors publish counts as a test number; this one is nobody's and no test's.
const card = ['4539', '5787', '6362', '1486'].join('')

const itemField = (changed: Record<string, unknown> = {}): Field => ({
  field: 'evidence',
  value: JSON.stringify(itemInput(home, changed)),
})

const waiting = async (): Promise<EvidenceFile[]> =>
  (await app.inject({ url: '/api/evidence/files' })).json().items

describe('a form with the item', () => {
  it('records it together with its files, and none of them waits', async () => {
    const before = await waiting()
    const { status, json, text } = await send([
      itemField({ title: 'Sent at once' }),
      { name: 'a.txt', content: 'the first' },
      { name: 'b.txt', content: 'x'.repeat(600_000) },
    ])
    expect(status, text).toBe(201)
    expect(json.evidence).toMatchObject({ title: 'Sent at once', version: 1 })
    expect(json.evidence?.files.map(({ name, size }) => [name, size])).toEqual([
      ['a.txt', 9],
      ['b.txt', 600_000],
    ])
    expect(json.items).toEqual(json.evidence?.files)
    expect(await waiting()).toEqual(before)
    const [file] = json.items ?? []
    const content = await app.inject({ url: `/api/evidence/${json.evidence?.id}/files/${file?.id}/content` })
    expect(content.body).toBe('the first')
  })

  it('takes the item from behind the files too', async () => {
    const { status, json } = await send([{ name: 'late.txt', content: 'late' }, itemField()])
    expect(status).toBe(201)
    expect(json.evidence?.files.map(({ name }) => name)).toEqual(['late.txt'])
  })

  it('refuses a wrong item, or one that nobody may add, and lets its files wait', async () => {
    const nowhere = '00000000-0000-4000-8000-000000000000'
    for (const [field, code] of [
      [itemField({ entityId: nowhere }), 'record.not_found'],
      [itemField({ aboutFrom: '2023-06-30', aboutTo: '2023-04-01' }), 'input.invalid'],
    ] as const) {
      const { json } = await send([field, { name: 'kept.txt', content: code }])
      expect(json.code).toBe(code)
      const [kept] = json.items ?? []
      expect(kept).toMatchObject({ name: 'kept.txt', size: code.length })
      expect(await waiting()).toContainEqual(expect.objectContaining({ id: kept?.id }))
    }
    const digest = 'a'.repeat(64)
    const sent = [{ name: 'x', mediaType: 'x', size: 1, digest, cardNumbers: 'clean', notInspected: [] }]
    const { status, json } = await send([itemField({ sent }), { name: 'b.txt', content: 'b' }])
    expect([status, json.code, json.items]).toEqual([400, 'input.invalid', undefined])
    expect((await send([{ field: 'evidence', value: '{' }])).json.code).toBe('input.not_json')
  })

  it('records nothing when one file holds a card number, and lets the others wait', async () => {
    const { status, json } = await send([
      itemField({ title: 'With a card' }),
      { name: 'good.txt', content: 'good' },
      { name: 'bad.txt', content: `card ${card}` },
    ])
    expect([status, json.code]).toEqual([422, 'evidence.card_numbers'])
    expect(json.items?.map(({ name }) => name)).toEqual(['good.txt'])
    expect(json.evidence).toBeUndefined()
    const found = await app.inject({ url: '/api/evidence?text=With%20a%20card' })
    expect(found.json().items).toEqual([])
  })

  it('is recorded once under one key, and another form under it is refused', async () => {
    const key = { 'idempotency-key': 'form-1' }
    const parts = (content: string) => [itemField(), { name: 'once.txt', content }]
    const first = await send(parts('once'), key)
    const again = await send(parts('once'), key)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.json.evidence?.id).toBe(first.json.evidence?.id)
    expect((await send(parts('other'), key)).status).toBeGreaterThanOrEqual(400)
  })

  it('has its files although equal bytes are given up while it is recorded', async () => {
    const { objects } = world.runtime
    const { has } = objects
    let taken = 0
    objects.has = async (digest) => {
      if (taken++ === 0) await objects.remove(digest)
      return has(digest)
    }
    const { json } = await send([itemField(), { name: 'twice.txt', content: 'of two senders' }])
    objects.has = has
    expect(taken).toBe(1)
    expect(await objects.has(json.items?.[0]?.digest ?? '')).toBe(true)
  })
})

describe('files of a form', () => {
  it('are kept one by one, with their type by content and their digest', async () => {
    const { status, json } = await send([
      { name: 'list.csv', content: 'a,b\n1,2\n', type: 'text/csv' },
      { name: 'report.pdf', content: '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n' },
      { name: 'page.pdf', content: '<!doctype html><script>alert(1)</script>' },
      { name: 'photo.png', content: Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1') },
    ])
    expect(status).toBe(201)
    expect(json.items?.map(({ name, mediaType, size }) => [name, mediaType, size])).toEqual([
      ['list.csv', 'text/csv', 8],
      ['report.pdf', 'application/pdf', 48],
      ['page.pdf', 'application/octet-stream', 40],
      ['photo.png', 'image/png', 12],
    ])
    expect(json.items?.[0]?.cardNumbers).toBe('clean')
    expect(json.items?.[3]).toMatchObject({ cardNumbers: 'not-inspected', notInspected: ['picture'] })
    for (const file of json.items ?? []) expect(await world.runtime.objects.has(file.digest)).toBe(true)
  })

  it('with a card number are refused with its place and mask, leave no byte, and cost the others nothing', async () => {
    const { status, json, text } = await send([
      { name: 'sound.txt', content: 'All is well.' },
      { name: 'orders.csv', content: `name,card number\nA,${card}\n`, type: 'text/csv' },
      { name: `card number ${card}.txt`, content: 'nothing inside' },
    ])
    expect(status).toBe(422)
    expect(json.code).toBe('evidence.card_numbers')
    expect(json.items?.map(({ name }) => name)).toEqual(['sound.txt'])
    expect(json.errors?.[0]).toMatchObject({ pointer: '/files/1', code: 'evidence.card_number' })
    expect(json.errors?.[0]?.detail).toContain('453957…1486')
    expect(text).not.toContain(card)
    expect(await everything()).not.toContain(card)
  })

  it('with a card number behind more than is held in memory leave no byte either', async () => {
    const content = Buffer.concat([
      Buffer.from('line of a log file without numbers\n'.repeat(60_000)),
      Buffer.from(`card number ${card}\n`),
    ])
    const { status } = await send([{ name: 'large.log', content }])
    expect(status).toBe(422)
    const left = await everything()
    expect(left).not.toContain(card)
    expect(left).not.toContain('line of a log file')
  })

  it('that cannot be looked into are kept and say so', async () => {
    const encrypted = zipOf([{ name: 'secret.txt', content: 'secret', flags: 1 }])
    expect(await taken({ name: 'secret.zip', content: encrypted })).toMatchObject({
      cardNumbers: 'not-inspected',
      notInspected: ['encrypted'],
    })
    const bomb = zipOf([{ name: 'zeros', content: Buffer.alloc(300_000_000) }])
    expect(bomb.length).toBeLessThan(400_000)
    expect(await taken({ name: 'bomb.zip', content: bomb })).toMatchObject({
      mediaType: 'application/zip',
      cardNumbers: 'not-inspected',
      notInspected: ['compressed beyond reason'],
    })
    const whole = zipOf([{ name: 'fine.txt', content: 'fine '.repeat(1000) }])
    expect(await taken({ name: 'fine.zip', content: whole })).toMatchObject({ cardNumbers: 'clean' })
    const cut = await taken({ name: 'cut.xlsx', content: whole.subarray(0, whole.length - 30) })
    expect(cut).toMatchObject({ mediaType: 'application/octet-stream', cardNumbers: 'not-inspected' })
    const torn = await taken({ name: 'torn.pdf', content: '%PDF-1.7\n1 0 obj\n<</Length 10>>stream\nxx' })
    expect(torn.mediaType).toBe('application/pdf')
  })

  it('find card numbers inside archives', async () => {
    const { status, json } = await send([
      { name: 'export.zip', content: zipOf([{ name: 'orders.txt', content: `card number ${card}` }]) },
    ])
    expect(status).toBe(422)
    expect(json.errors?.[0]?.detail).toContain('orders.txt')
  })

  it.each([
    ['../../etc/passwd'],
    ['..\\..\\boot.ini'],
    ['C:\\CON.txt'],
    ['\u202Efdp.exe'],
    ['<img src=x onerror=alert(1)>.png'],
    ['-rf'],
    ['が.txt'],
  ])('keep the name %j as data', async (name) => {
    const file = await taken({ name, content: `named ${name}` })
    expect(file.name).toBe(name)
    const paths = await readdir(directory.path, { recursive: true, withFileTypes: true })
    expect(
      paths.filter((one) => one.isFile()).every((one) => /^[0-9a-f-]{36}$|^[0-9a-f]{64}$/.test(one.name)),
    ).toBe(true)
  })

  it('are refused empty, missing, cut off and too many', async () => {
    const empty = await send([{ name: 'empty.txt', content: '' }])
    expect([empty.status, empty.json.errors?.[0]?.code]).toEqual([422, 'evidence.file_empty'])
    const none = await send([])
    expect([none.status, none.json.errors?.[0]?.code]).toEqual([400, 'evidence.file_missing'])
    const whole = form([{ name: 'a.txt', content: 'half of it' }])
    const cut = await app.inject({
      method: 'POST',
      url: '/api/evidence/files',
      headers: { 'content-type': 'multipart/form-data; boundary=edge' },
      payload: whole.subarray(0, whole.length - 12),
    })
    expect([cut.statusCode, cut.json().errors[0].code]).toEqual([400, 'evidence.file_cut_off'])
    const many = await send(
      Array.from({ length: uploadLimits.filesAtOnce + 1 }, (_, index) => ({
        name: `${index}.txt`,
        content: 'x',
      })),
    )
    expect([many.status, many.json.errors?.[0]?.code]).toEqual([400, 'evidence.files_at_once'])
  })

  it('stop at what may wait for one person, and leave room for another', async () => {
    caller = callerWith(home.organisationId, [grantAll('contributor')], world.runtime.random)
    const files = Array.from({ length: 200 }, (_, index) => ({ name: `${index}.txt`, content: 'x' }))
    for (let sent = 0; sent < uploadLimits.waitingFiles; sent += files.length)
      expect((await send(files)).status).toBe(201)
    const more = await send([{ name: 'more.txt', content: 'x' }])
    expect([more.status, more.json.code]).toEqual([429, 'evidence.files_waiting'])
    caller = home.manager
    expect((await send([{ name: 'other.txt', content: 'x' }])).status).toBe(201)
  }, 60_000)

  it('are nobody’s without permission', async () => {
    caller = callerWith(home.organisationId, [grantAll('reader')], world.runtime.random)
    expect((await send([{ name: 'a.txt', content: 'x' }])).status).toBe(403)
    caller = home.manager
  })
})

describe('the content of a file', () => {
  async function item(file: File): Promise<{ url: string; file: EvidenceFile }> {
    const sent = await taken(file)
    const answer = await app.inject({
      method: 'POST',
      url: '/api/evidence',
      payload: { ...itemInput(home), files: [sent.id] },
    })
    expect(answer.statusCode, answer.body).toBe(200)
    return { url: `/api/evidence/${answer.json().id}/files/${sent.id}`, file: sent }
  }

  it('is a download in a sandbox, whole or in ranges', async () => {
    const content = Buffer.from(Array.from({ length: 700_000 }, (_, index) => 97 + (index % 26)))
    const { url } = await item({ name: 'ラベル".txt', content })
    const whole = await app.inject({ url: `${url}/content` })
    expect(whole.rawPayload.equals(content)).toBe(true)
    expect(whole.headers['content-security-policy']).toBe(
      "default-src 'none'; sandbox; frame-ancestors 'self'",
    )
    expect(whole.headers['x-content-type-options']).toBe('nosniff')
    expect(whole.headers['content-disposition']).toMatch(/^attachment; /)
    const part = await app.inject({ url: `${url}/content`, headers: { range: 'bytes=600000-600009' } })
    expect([part.statusCode, part.headers['content-range']]).toEqual([206, 'bytes 600000-600009/700000'])
    expect(part.rawPayload.equals(content.subarray(600_000, 600_010))).toBe(true)
    const beyond = await app.inject({ url: `${url}/content`, headers: { range: 'bytes=700000-' } })
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */700000'])
  })

  it('is shown in its place only as image, PDF or escaped text', async () => {
    const preview = async (file: File) => {
      const { url } = await item(file)
      const answer = await app.inject({ url: `${url}/preview` })
      return [answer.statusCode, answer.headers['content-type'], answer.headers['content-security-policy']]
    }
    const sandboxed = "default-src 'none'; sandbox; frame-ancestors 'self'"
    const png = Buffer.from('\x89PNG\r\n\x1a\n1111', 'latin1')
    expect(await preview({ name: 'a.png', content: png })).toEqual([200, 'image/png', sandboxed])
    expect(await preview({ name: 'a.json', content: '{"a":"<script>"}' })).toEqual([
      200,
      'text/plain; charset=utf-8',
      sandboxed,
    ])
    const japanese = Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x0a])
    expect((await preview({ name: 'a.csv', content: japanese }))[1]).toBe('text/plain; charset=shift_jis')
    for (const file of [
      { name: 'a.svg', content: '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>' },
      { name: 'a.html', content: '<!doctype html><p>Hello' },
      { name: 'a.pdf', content: '<!doctype html><script>alert(1)</script>' },
      { name: 'a.png', content: 'GIF89a/*<script>*/=1' },
    ])
      expect((await preview(file))[0], file.name).toBe(412)
  })
})
