import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../tests/support/world.ts'
import { diskObjects } from '../adapters/disk.ts'
import type { ObjectStore } from '../db/objects.ts'
import { uploadLimits } from '../evidence/limits.ts'
import { evidenceRoutes } from '../evidence/server/routes.ts'
import type { Upload } from '../evidence/server/uploads.ts'
import { Problem } from '../kernel/error.ts'
import { registerEvidenceUploadRoutes } from './evidence-uploads-http.ts'
import { createHttp } from './http.ts'
import type { Caller } from './runtime.ts'

const directory = temporaryDirectory('evidence-uploads')
const disk = diskObjects(directory.path)
let world: World
let home: Home
let app: FastifyInstance
let caller: Caller

async function started(objects: ObjectStore = disk): Promise<FastifyInstance> {
  const authenticate = async () => caller
  const runtime = { ...world.runtime, objects }
  const made = createHttp({ runtime, routes: evidenceRoutes, authenticate, log: () => undefined })
  registerEvidenceUploadRoutes(made, runtime, authenticate)
  await made.listen({ port: 0, host: '127.0.0.1' })
  return made
}

beforeAll(async () => {
  world = await makeWorld('evidence-uploads', { objects: disk })
  home = await foundHome(world)
  caller = home.manager
  app = await started()
})
afterAll(async () => {
  await app.close()
  await world.close()
  directory.remove()
})

const card = ['4539', '5787', '6362', '1486'].join('')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function announced(size: number, name = 'large.log'): Promise<Upload> {
  const answer = await app.inject({ method: 'POST', url: '/api/evidence/uploads', payload: { name, size } })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

const urlOf = ({ id }: { id: string }) => `/api/evidence/uploads/${id}`

async function piece(one: { id: string }, offset: number, payload: Buffer, through = app) {
  const answer = await through.inject({
    method: 'PATCH',
    url: urlOf(one),
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    payload,
  })
  return { status: answer.statusCode, json: answer.json(), text: answer.body }
}

const known = async (one: { id: string }): Promise<Upload> => (await app.inject({ url: urlOf(one) })).json()

const arriving = () => readdir(join(directory.path, 'incoming'))

describe('an upload in pieces', () => {
  it('becomes a file that waits, with the digest of the whole', async () => {
    const bytes = randomBytes(3_000_000)
    const one = await announced(bytes.length, 'dump.bin')
    expect((await piece(one, 0, bytes.subarray(0, 1_000_000))).json).toMatchObject({
      state: 'receiving',
      offset: 1_000_000,
    })
    const head = await app.inject({ method: 'HEAD', url: urlOf(one) })
    expect([head.headers['upload-offset'], head.headers['upload-length']]).toEqual(['1000000', '3000000'])
    const last = await piece(one, 1_000_000, bytes.subarray(1_000_000))
    expect(last.json).toMatchObject({
      state: 'received',
      offset: 3_000_000,
      file: { id: one.id, name: 'dump.bin', size: 3_000_000, digest: sha256(bytes) },
    })
    expect(Buffer.from(await disk.get(sha256(bytes))).equals(bytes)).toBe(true)
    expect(await arriving()).toEqual([])
    const waiting = (await app.inject({ url: '/api/evidence/files' })).json()
    expect(waiting.items.map(({ id }: { id: string }) => id)).toContain(one.id)
  })

  it('goes on after a restart from the byte that was acknowledged, guard and all', async () => {
    const text = Buffer.from('a line without numbers\n'.repeat(40_000))
    const bytes = Buffer.concat([text, Buffer.from(`card number ${card}\n`), text])
    const one = await announced(bytes.length)
    // The number lies across the two pieces.
    const cut = text.length + 18
    await piece(one, 0, bytes.subarray(0, cut))
    await app.close()
    app = await started()
    const last = await piece(one, cut, bytes.subarray(cut))
    expect([last.status, last.json.code]).toEqual([422, 'evidence.card_numbers'])
    expect(last.json.errors[0].detail).toContain('453957…1486 at L40001')
    expect(last.text).not.toContain(card)
    // Whoever missed the answer is told again.
    expect(await known(one)).toMatchObject({ state: 'refused', findings: [{ masked: '453957…1486' }] })
    expect([await arriving(), await disk.has(sha256(bytes))]).toEqual([[], false])
  })

  it('keeps what came before the connection was cut', async () => {
    const bytes = randomBytes(2_000_000)
    const one = await announced(bytes.length, 'cut.bin')
    const { port } = app.server.address() as AddressInfo
    await new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `PATCH ${urlOf(one)} HTTP/1.1\r\nhost: x\r\ncontent-type: application/offset+octet-stream\r\nupload-offset: 0\r\ncontent-length: ${bytes.length}\r\n\r\n`,
        )
        socket.write(bytes.subarray(0, 1_200_000), () => socket.end())
      })
      socket.on('close', () => resolve())
      socket.on('error', reject)
      socket.resume()
    })
    let { offset } = await known(one)
    while (offset === 0) offset = (await known(one)).offset
    expect(offset).toBeLessThanOrEqual(1_200_000)
    const last = await piece(one, offset, bytes.subarray(offset))
    expect(last.json.file.digest).toBe(sha256(bytes))
  })

  it('is told where to go on, and takes no byte too many', async () => {
    const one = await announced(1000)
    const early = await piece(one, 10, Buffer.alloc(10))
    expect([early.status, early.json.code, early.json.detail]).toEqual([
      409,
      'evidence.offset',
      expect.stringContaining('0'),
    ])
    expect((await piece(one, 0, Buffer.alloc(1001))).json.code).toBe('evidence.upload_over')
    expect((await piece(one, 0, Buffer.from('x'.repeat(600)))).json.offset).toBe(600)
    expect((await piece(one, 0, Buffer.from('x'.repeat(600)))).status).toBe(409)
    const blind = await app.inject({
      method: 'PATCH',
      url: urlOf(one),
      headers: { 'content-type': 'application/offset+octet-stream' },
      payload: 'x',
    })
    expect([blind.statusCode, blind.json().code]).toEqual([412, 'evidence.offset_missing'])
    expect((await app.inject({ method: 'DELETE', url: urlOf(one) })).statusCode).toBe(204)
    expect([(await app.inject({ url: urlOf(one) })).statusCode, await arriving()]).toEqual([404, []])
  })

  it('is its sender’s alone, and ends by itself', async () => {
    const one = await announced(1000)
    caller = callerWith(home.organisationId, [grantAll('owner')], world.runtime.random)
    for (const method of ['GET', 'DELETE'] as const)
      expect((await app.inject({ method, url: urlOf(one) })).statusCode).toBe(404)
    expect((await piece(one, 0, Buffer.alloc(10))).status).toBe(404)
    caller = home.manager
    world.clock.set('2023-08-01T03:00:01.000Z')
    expect((await piece(one, 0, Buffer.alloc(10))).status).toBe(404)
    world.clock.set('2023-07-31T03:00:00.000Z')
  })

  it('has bounds: of one file, and of how many are open', async () => {
    const large = await app.inject({
      method: 'POST',
      url: '/api/evidence/uploads',
      payload: { name: 'x', size: uploadLimits.file + 1 },
    })
    expect(large.json().errors[0].code).toBe('evidence.file_too_large')
    caller = callerWith(home.organisationId, [grantAll('manager')], world.runtime.random)
    for (let open = 0; open < uploadLimits.open; open++) await announced(10)
    const more = await app.inject({
      method: 'POST',
      url: '/api/evidence/uploads',
      payload: { name: 'x', size: 10 },
    })
    expect([more.statusCode, more.json().code]).toEqual([429, 'evidence.uploads_open'])
    caller = home.manager
  })
})

describe('a store that fails', () => {
  it('in the middle of a piece leaves the acknowledged bytes, and the upload goes on', async () => {
    let healthy = false
    const failing: ObjectStore = {
      ...disk,
      incoming: {
        ...disk.incoming,
        async append(id, from, bytes) {
          if (healthy) return disk.incoming.append(id, from, bytes)
          async function* half() {
            for await (const part of bytes) {
              yield part.subarray(0, part.length / 2)
              return
            }
          }
          await disk.incoming.append(id, from, half())
          throw new Problem('unavailable', 'server.disk_full')
        },
      },
    }
    const through = await started(failing)
    const bytes = randomBytes(300_000)
    const one = await announced(bytes.length, 'full.bin')
    healthy = true
    await piece(one, 0, bytes.subarray(0, 100_000), through)
    healthy = false
    const full = await piece(one, 100_000, bytes.subarray(100_000), through)
    expect([full.status, full.json.code]).toEqual([503, 'server.disk_full'])
    expect((await known(one)).offset).toBe(100_000)
    healthy = true
    const last = await piece(one, 100_000, bytes.subarray(100_000), through)
    expect(last.json.file.digest).toBe(sha256(bytes))
    await through.close()
  })

  it('and has lost what was acknowledged says so, and the upload begins again', async () => {
    const bytes = randomBytes(50_000)
    const one = await announced(bytes.length, 'lost.bin')
    await piece(one, 0, bytes.subarray(0, 20_000))
    await disk.incoming.discard(one.id)
    await app.close()
    app = await started()
    const next = await piece(one, 20_000, bytes.subarray(20_000))
    expect([next.status, next.json.code]).toEqual([409, 'evidence.offset'])
    expect((await piece(one, 0, bytes)).json.file.digest).toBe(sha256(bytes))
  })
})
